package output

import "strings"

// Has reports whether the output still holds a file of the group as the last
// build wrote it. Then Retain may take it over without its bytes. If it cannot
// be looked at, that is an error of the build: Commit returns it.
func (g *Group) Has(path string) bool {
	e, ok := g.had[path]
	if !ok || g.b.cold {
		return false
	}
	_, same, err := g.b.holds(whole(g.b.d.public), e, e.stamp.size)
	if err != nil {
		g.b.fail(err)
	}
	return same
}

// Retain adds a file that Has has found to the group.
func (g *Group) Retain(path string) error {
	g.mu.Lock()
	defer g.mu.Unlock()
	e, ok := g.had[path]
	if !ok || g.closed {
		return g.b.fail(pathError("retain", path, "the group does not have it"))
	}
	g.list = append(g.list, e)
	g.unchanged++
	return nil
}

// Keys returns the keys of the last build's groups whose names begin with the
// prefix, by name.
func (b *Build) Keys(prefix string) map[string]string {
	keys := map[string]string{}
	for name, g := range b.d.manifest.groups {
		if strings.HasPrefix(name, prefix) {
			keys[name] = g.key
		}
	}
	return keys
}
