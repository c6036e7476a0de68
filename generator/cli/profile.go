package cli

import (
	"errors"
	"os"
	"runtime"
	"runtime/pprof"
)

// profile starts the profiles that the hidden flags request. stop writes them.
func (a *app) profile() (stop func() error, err error) {
	var cpu *os.File
	if a.cpuProfile != "" {
		if cpu, err = os.Create(a.cpuProfile); err != nil {
			return nil, err
		}
		if err := pprof.StartCPUProfile(cpu); err != nil {
			return nil, err
		}
	}
	return func() error {
		var errs []error
		if cpu != nil {
			pprof.StopCPUProfile()
			errs = append(errs, cpu.Close())
		}
		if a.memProfile != "" {
			f, err := os.Create(a.memProfile)
			if err != nil {
				return errors.Join(append(errs, err)...)
			}
			runtime.GC()
			errs = append(errs, pprof.WriteHeapProfile(f), f.Close())
		}
		return errors.Join(errs...)
	}, nil
}
