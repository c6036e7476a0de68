package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os/exec"
	"path/filepath"
	"strings"

	"annals/generator"
	"annals/generator/output"
	"annals/generator/proof"
)

// keyVariable is the variable of the environment that holds the key to sign with.
// It is no setting: a setting would be in the repository.
const keyVariable = "ANNALS_KEY"

// signer makes what signs the proof: the key of the environment, if there is one,
// and the command, if it is not empty.
func (a *app) signer(command string) (s proof.Signer, err error) {
	if key := a.Getenv(keyVariable); key != "" {
		if s, err = proof.NewSigner(key); err != nil {
			return s, a.failed("key.bad")
		}
	}
	words := strings.Fields(command)
	if len(words) == 0 {
		return s, nil
	}
	s.Command = command
	s.More = func(text string) ([]byte, error) {
		var out, said bytes.Buffer
		cmd := exec.Command(words[0], words[1:]...)
		cmd.Stdin, cmd.Stdout, cmd.Stderr = strings.NewReader(text), &out, &said
		if err := cmd.Run(); err != nil {
			return nil, a.failed("sign.failed", strings.TrimSpace(err.Error()+" "+said.String()))
		}
		return out.Bytes(), nil
	}
	return s, nil
}

// newKey writes a new key into a file that only its owner can read, and prints the
// one to verify with.
func (a *app) newKey(ctx context.Context, file string) error {
	lib, err := generator.Open(ctx, a.options())
	if err != nil {
		return err
	}
	dir, err1 := filepath.Abs(a.dir)
	path, err2 := filepath.Abs(file)
	if err := errors.Join(err1, err2); err != nil {
		return err
	}
	if rel, err := filepath.Rel(dir, path); err == nil && filepath.IsLocal(rel) {
		return a.wrong("key.inside", file)
	}
	key, vkey, err := proof.NewKey(lib.Origin())
	if err != nil {
		return err
	}
	err = output.CreateFile(filepath.Dir(path), filepath.Base(path), []byte(key+"\n"), 0o600)
	if errors.Is(err, fs.ErrExist) {
		return a.wrong("key.exists", file)
	}
	if err != nil {
		return err
	}
	_, err = fmt.Fprintln(a.Out, vkey)
	return err
}
