package cli

import (
	"context"
	"errors"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"annals/generator"
	"annals/generator/beneath"
	"annals/generator/config"
	"annals/generator/deploy"
	"annals/generator/deploy/store"
	"annals/generator/diag"
	"annals/generator/output"
	"annals/generator/yamlpos"
)

// deployWorkers is how many requests are made at a time.
const deployWorkers = 16

// deployWarnings and deployPhases are the messages for the words of package deploy.
var (
	deployWarnings = map[string]string{
		"conditions": "deploy.warn.conditions", "waiting": "deploy.warn.waiting", "altered": "deploy.warn.altered",
		"left": "deploy.warn.left", "versions": "deploy.warn.versions",
	}
	deployPhases = map[string]string{
		"assets": "deploy.phase.assets", "data": "deploy.phase.data", "index": "deploy.phase.index", "pages": "deploy.phase.pages",
		"proof": "deploy.phase.proof", "copies": "deploy.phase.copies", "removing": "deploy.phase.removing",
	}
)

// deploying holds the flags of a deployment.
type deploying struct {
	*app
	dryRun, adopt, breakLock bool
	rollback                 string // "" for none, "0" for the deployment before
	purge                    []string
	maxDeletes               int
	grace                    time.Duration // negative for the target's own
	full                     bool          // of a package: the whole site
	base                     int           // of a package: the last one that was handed over
	files                    report
}

func (a *app) deployCommand() *cobra.Command {
	d := deploying{app: a, maxDeletes: -1, grace: -1}
	cmd := &cobra.Command{
		Use:   "deploy [TARGET]",
		Short: a.say("deploy"),
		Long:  a.say("deploy.more"),
		Args:  a.args(0, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			number, err := strconv.Atoi(d.rollback)
			if d.rollback != "" && (err != nil || number < 0) {
				return a.wrong("option.value", "rollback", d.rollback)
			}
			if d.rollback != "" && len(d.purge) > 0 {
				return a.wrong("deploy.both")
			}
			for i, path := range d.purge {
				d.purge[i] = purgedPath(path)
			}
			t, site, err := a.target(append(args, "")[0])
			if err != nil {
				return err
			}
			placed, state, err := generator.OpenPlaced(d.options())
			if errors.Is(err, output.ErrUnfinished) {
				return d.failed("deploy.unbuilt", d.options().Out)
			}
			if err != nil {
				return err
			}
			defer placed.Close()
			if t.Kind == config.Package {
				return d.pack(cmd.Context(), t, site, placed)
			}
			return d.run(cmd.Context(), t, placed, state, number)
		},
	}
	f := cmd.Flags()
	f.BoolVar(&d.dryRun, "dry-run", false, a.say("flag.dry-run"))
	f.StringVar(&d.rollback, "rollback", "", a.say("flag.rollback"))
	f.Lookup("rollback").NoOptDefVal = "0"
	f.StringArrayVar(&d.purge, "purge", nil, a.say("flag.purge"))
	f.IntVar(&d.maxDeletes, "max-deletes", -1, a.say("flag.max-deletes"))
	f.Lookup("max-deletes").DefValue = ""
	f.DurationVar(&d.grace, "grace", -1, a.say("flag.grace"))
	f.Lookup("grace").DefValue = ""
	f.BoolVar(&d.full, "full", false, a.say("flag.full"))
	f.IntVar(&d.base, "base", 0, a.say("flag.base"))
	f.Lookup("base").DefValue = ""
	f.BoolVar(&d.adopt, "adopt", false, a.say("flag.adopt"))
	f.BoolVar(&d.breakLock, "break-lock", false, a.say("flag.break-lock"))
	return cmd
}

// purgedPath returns the path of the site that somebody means: they may have written
// the report's file, or its page.
func purgedPath(text string) string {
	p := strings.Trim(strings.ReplaceAll(text, `\`, "/"), "/")
	for _, start := range []string{"./", "public/", "content/"} {
		p = strings.TrimPrefix(p, start)
	}
	for _, end := range []string{"/index.html", "/index.md", ".md"} {
		p = strings.TrimSuffix(p, end)
	}
	return p
}

// target returns the target of a name, or the only one, and the settings that it is of.
func (a *app) target(name string) (config.Target, *config.Site, error) {
	site, found := config.Load(a.folder())
	if diag.Errors(found) > 0 {
		return config.Target{}, nil, errors.Join(exit{code: content}, a.print(found))
	}
	var names []string
	for _, t := range site.Deploy {
		if t.Name == name || name == "" && len(site.Deploy) == 1 {
			return t, site, nil
		}
		names = append(names, t.Name)
	}
	list := strings.Join(names, " | ")
	err := a.wrong("deploy.unknown", name, list)
	if like, ok := yamlpos.Suggest(name, names); ok {
		err = a.wrong("deploy.suggest", name, like)
	} else if list == "" {
		err = a.wrong("deploy.none")
	} else if name == "" {
		err = a.wrong("deploy.which", list)
	}
	return config.Target{}, nil, err
}

// run deploys to a store.
func (d *deploying) run(ctx context.Context, t config.Target, placed *output.Placed, state string, number int) error {
	s, err := d.store(t)
	if err != nil {
		return err
	}
	w := d.app.meter(&generator.Options{})
	deployer := &deploy.Deployer{
		Store: s, Workers: deployWorkers, Keep: t.Keep, Grace: time.Duration(t.Grace) * time.Hour,
		MaxDeletes: d.maxDeletes, Adopt: d.adopt, BreakLock: d.breakLock, DryRun: d.dryRun,
		Now: time.Now, Pause: sleep, Beat: sleep, Progress: w.phase,
		Record: d.recordPurge,
		Warn: func(key string, args ...any) {
			w.end()
			d.note(deployWarnings[key], args...)
		},
	}
	if d.grace >= 0 {
		deployer.Grace = d.grace
	}
	done, err := deployer.Own(state, t.Name)
	if err != nil {
		return err
	}
	r, err := d.do(ctx, deployer, placed, number)
	err = errors.Join(err, done(err == nil))
	w.end()
	if err != nil {
		return err
	}
	d.done(t, r)
	return nil
}

// do deploys, purges or rolls back.
func (d *deploying) do(ctx context.Context, deployer *deploy.Deployer, placed *output.Placed, number int) (*deploy.Report, error) {
	if d.rollback != "" {
		return deployer.Rollback(ctx, number)
	}
	site, err := deploy.NewSite(placed.Paths, placed.Read, d.files.add)
	if err != nil {
		return nil, err
	}
	if len(d.purge) == 0 {
		return deployer.Deploy(ctx, site)
	}
	return deployer.Purge(ctx, site, d.purge)
}

// The variables of the environment that hold the secrets of a store, the program's
// own before those that other programs use.
var secretNames = [][3]string{
	{"ANNALS_ACCESS_KEY", "ANNALS_SECRET_KEY", "ANNALS_SESSION_TOKEN"},
	{"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"},
}

// caVariable names a file of certificates, for a machine that has them elsewhere than
// the archive.
const caVariable = "ANNALS_CA_FILE"

// store opens a target. It makes no request.
func (d *deploying) store(t config.Target) (store.Store, error) {
	if t.Kind == config.Folder {
		folder, err := d.targetFolder(t)
		if err != nil {
			return nil, err
		}
		return store.NewFolder(folder)
	}
	o := store.S3Options{
		Endpoint: t.Endpoint, Bucket: t.Bucket, Prefix: t.Prefix, Region: t.Region, Addressing: t.Addressing,
		Agent: "annals", Workers: deployWorkers,
	}
	for _, names := range secretNames {
		if o.AccessKey == "" {
			o.AccessKey, o.SecretKey, o.SessionToken = d.Getenv(names[0]), d.Getenv(names[1]), d.Getenv(names[2])
		}
	}
	if o.AccessKey == "" || o.SecretKey == "" {
		return nil, d.failed("deploy.secrets", secretNames[0][0], secretNames[0][1])
	}
	file := d.Getenv(caVariable)
	if file == "" && t.CA != "" {
		file = filepath.Join(d.dir, filepath.FromSlash(t.CA))
	}
	if file != "" {
		var err error
		if o.CA, err = beneath.ReadFile(file); err != nil {
			return nil, err
		}
	}
	s, err := store.NewS3(o)
	if errors.Is(err, store.ErrCA) {
		return nil, d.failed("deploy.ca", file)
	}
	return s, err
}

// targetFolder returns the path of a target's folder. One that lies in the archive is
// reached by no link, and it is not the folder that the site is built in.
func (d *deploying) targetFolder(t config.Target) (string, error) {
	folder := filepath.FromSlash(t.Folder)
	if !filepath.IsAbs(folder) {
		folder = filepath.Join(d.dir, folder)
	}
	folder, err1 := filepath.Abs(folder)
	out, err2 := filepath.Abs(d.options().Out)
	dir, err3 := filepath.Abs(d.dir)
	if err := errors.Join(err1, err2, err3); err != nil {
		return "", err
	}
	if rel, err := filepath.Rel(out, folder); err == nil && filepath.IsLocal(rel) {
		return "", d.failed("deploy.itself", t.Folder)
	}
	return folder, beneath.CheckPath(dir, folder)
}

// sleep waits, or until the run is interrupted.
func sleep(ctx context.Context, d time.Duration) error {
	select {
	case <-time.After(d):
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// done prints what a deployment did, or would do.
func (d *deploying) done(t config.Target, r *deploy.Report) {
	switch {
	case r.Unchanged:
		d.note("deploy.unchanged", t.Name, r.Number)
		return
	case d.dryRun:
		d.printPlan(r)
		return
	}
	d.note("deploy.done", t.Name, r.Number, len(r.Put), len(r.Removed))
	if len(r.Going) > 0 {
		d.note("deploy.going", len(r.Going))
	}
	for _, path := range d.purge {
		still := slices.DeleteFunc(slices.Clone(r.Files), func(f string) bool { return f != path && !strings.HasPrefix(f, path+"/") })
		d.note("deploy.purged", path)
		if len(still) > 0 {
			d.note("deploy.still", path, len(still), strings.Join(still[:min(5, len(still))], " "))
		}
	}
	if len(d.purge) > 0 {
		d.note("deploy.caches", purgedFile)
	}
}
