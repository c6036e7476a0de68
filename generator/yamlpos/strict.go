package yamlpos

import (
	"bytes"
	"fmt"

	"go.yaml.in/yaml/v3"
)

// Strict reads YAML that is embedded in the program into a struct. A key
// without a field in the struct is an error; errors name the file and the line.
func Strict(file string, data []byte, into any) error {
	d := yaml.NewDecoder(bytes.NewReader(data))
	d.KnownFields(true)
	if err := d.Decode(into); err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	return nil
}
