package acceptance

import (
	"fmt"
	"reflect"
	"testing/fstest"

	"annals/generator/form"
)

// formsChanged tells, after all tests of this package have built, checked,
// served and imported with them, whether the built-in forms are still as they
// were read: all archives that a program opens share them.
func formsChanged() error {
	shared, _ := form.Load(fstest.MapFS{})
	fresh, _ := form.Load(fstest.MapFS{form.Folder + "/own.yaml": {}}) // an archive with a form reads them anew
	for i, f := range shared.Forms() {
		if g := fresh.Forms()[i]; f == g || !reflect.DeepEqual(f, g) {
			return fmt.Errorf("form %s is not as it was read: somebody has changed it", f.ID)
		}
	}
	return nil
}
