package acceptance

import (
	"fmt"
	"reflect"
	"testing/fstest"

	"annals/generator/form"
)

// formsChanged reports whether any test of this package has changed the built-in
// forms. All archives that a program opens share them, so no build, check or import
// may change them.
func formsChanged() error {
	shared, _ := form.Load(fstest.MapFS{})
	fresh, _ := form.Load(fstest.MapFS{form.Folder + "/own.yaml": {}}) // an archive with a form of its own reads all forms anew
	for i, f := range shared.Forms() {
		if g := fresh.Forms()[i]; f == g || !reflect.DeepEqual(f, g) {
			return fmt.Errorf("form %s is not as it was read: somebody has changed it", f.ID)
		}
	}
	return nil
}
