package files

import (
	"errors"
	"fmt"
	"io/fs"
	"syscall"
	"testing"

	"annals/generator/lang"
)

// TestReason: errors of the system about files are given in both languages, and
// never with a folder of this machine.
func TestReason(t *testing.T) {
	at := func(err error) error {
		return fmt.Errorf("walk: %w", &fs.PathError{Op: "open", Path: "/home/x/a.md", Err: err})
	}
	for _, c := range []struct {
		err  error
		want lang.Text
	}{
		{at(syscall.EACCES), lang.Text{ZH: "没有权限", EN: "permission denied"}},
		{at(syscall.ENOENT), lang.Text{ZH: "没有这个文件或目录", EN: "no such file or folder"}},
		{at(syscall.EISDIR), lang.Text{ZH: "是目录，不是文件", EN: "is a folder, not a file"}},
		{at(syscall.ENOSPC), lang.Text{ZH: "磁盘已满", EN: "no space is left on the disk"}},
		{at(syscall.EFBIG), lang.Text{ZH: "文件太大", EN: "the file is too large"}},
		{at(syscall.ENAMETOOLONG), lang.Text{ZH: "名称太长", EN: "its name is too long"}},
		{at(errors.New("odd")), lang.Same("odd")},
	} {
		got, known := Reason(c.err)
		if got != c.want || known != (got.ZH != got.EN) {
			t.Errorf("%v: %+v, %v", c.err, got, known)
		}
	}
}
