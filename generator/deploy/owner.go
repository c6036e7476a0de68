package deploy

import (
	"crypto/rand"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"annals/generator/beneath"
	"annals/generator/output"
)

// Own makes the Deployer the only one that deploys from a state folder to a target,
// until done is called. It knows the owners of the runs before it that did not end as
// they should: the lock of one of them is nobody's.
func (d *Deployer) Own(state, target string) (done func(ended bool) error, err error) {
	name := filepath.Join(state, "deploy-"+target)
	release, err := output.Hold(name+".lock", "deploy")
	if err != nil {
		return nil, err
	}
	said, err := beneath.ReadFile(name)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, errors.Join(err, release())
	}
	before := strings.Fields(string(said))
	before = before[max(0, len(before)-maxOwners):]
	d.Owner = rand.Text()
	d.Dead = func(owner string) bool { return slices.Contains(before, owner) }
	if err := write(name, append(slices.Clone(before), d.Owner)); err != nil {
		return nil, errors.Join(err, release())
	}
	return func(ended bool) error {
		if ended {
			return errors.Join(write(name, nil), release())
		}
		return release()
	}, nil
}

// maxOwners is how many runs without an end are remembered.
const maxOwners = 50

func write(name string, owners []string) error {
	if err := beneath.Before("write", name); err != nil {
		return err
	}
	f, err := beneath.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	_, err = f.WriteString(strings.Join(owners, "\n"))
	return errors.Join(err, f.Close())
}
