// Command oracle prints the names that one Kubernetes version gives to the ReplicaSet of a Deployment and to the
// ControllerRevision of a DaemonSet or StatefulSet, by running that version's own code:
//
//	JSON -> versioned object -> defaults -> internal object -> registry strategy (PrepareForCreate, Validate)
//	-> protobuf as stored -> read back (decoded and defaulted again) -> protobuf as served -> the controller's object -> hash
//
// Usage: oracle [flags] FILE...     YAML or JSON, many documents each; other kinds are skipped
//
//	oracle -stream               one JSON manifest a line on stdin, one JSON result a line on stdout (-names: only the name)
//	oracle -pairs                JSON lines {"a": manifest, "b": manifest}: what the controller does where b replaces a
//	oracle -random N -seed S     N random manifests that this version accepts, one JSON manifest a line
//	oracle -mutate N -seed S     N random pairs for -pairs
//	oracle -probes               which fields of a pod template this version drops, and what it fills in
//	oracle -bench FILE...        what the stages to a name take, one file of one object each
//	oracle -gates                the feature gates and their defaults
package main

import (
	"bufio"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"strings"

	utilfeature "k8s.io/apiserver/pkg/util/feature"
	"k8s.io/kubernetes/pkg/capabilities"
)

func main() {
	var (
		stream     = flag.Bool("stream", false, "JSON lines in, JSON lines out")
		showProbes = flag.Bool("probes", false, "print what is dropped and what is filled in, field by field")
		measure    = flag.Bool("bench", false, "measure the way to a name")
		showGates  = flag.Bool("gates", false, "print the feature gates")
		pairs      = flag.Bool("pairs", false, "JSON lines of pairs in, JSON lines out")
		randoms    = flag.Int("random", 0, "print so many random manifests")
		mutations  = flag.Int("mutate", 0, "print so many random pairs")
		seed       = flag.Int64("seed", 1, "of -random and -mutate")
		names      = flag.Bool("names", false, "of -stream only the names, - where there is none")
		short      = flag.Bool("short", false, "JSON results without dump, patch, template and fields")
		showDump   = flag.Bool("dump", false, "print the dump (StatefulSet: the patch) after each row")
		asJSON     = flag.Bool("json", false, "print JSON results")
		enable     = flag.String("enable", "", "feature gates to set: A=true,B=false")
		collisions = flag.String("collisions", "none", "comma-separated collision counts; none is nil")
	)
	flag.Parse()
	capabilities.Initialize(capabilities.Capabilities{AllowPrivileged: true}) // as kubeadm runs the API server
	if err := utilfeature.DefaultMutableFeatureGate.Set(*enable); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
	counts := strings.Split(strings.ReplaceAll(*collisions, "none", ""), ",")
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	switch {
	case *showProbes:
		probes(out)
	case *showGates:
		for f, s := range utilfeature.DefaultMutableFeatureGate.GetAll() {
			fmt.Fprintf(out, "%s\t%v\t%v\t%v\n", f, utilfeature.DefaultFeatureGate.Enabled(f), s.PreRelease, s.LockToDefault)
		}
	case *measure:
		if err := bench(flag.Args(), out); err != nil {
			fmt.Fprintln(os.Stderr, err)
			out.Flush()
			os.Exit(1)
		}
	case *stream:
		in := bufio.NewScanner(os.Stdin)
		in.Buffer(nil, 64<<20)
		for in.Scan() {
			r := run(in.Bytes(), nil, counts)
			if *names {
				name := r.Hashes[counts[0]]
				if name == "" {
					name = "-"
				}
				fmt.Fprintln(out, name)
				continue
			}
			if *short {
				r.Dump, r.Patch, r.Template, r.Set = "", "", nil, nil
			}
			line, _ := json.Marshal(r)
			out.Write(append(line, '\n'))
			out.Flush()
		}
	case *pairs:
		in := bufio.NewScanner(os.Stdin)
		in.Buffer(nil, 64<<20)
		for in.Scan() {
			line, _ := json.Marshal(compare(in.Bytes()))
			out.Write(append(line, '\n'))
		}
	case *randoms > 0:
		random(*randoms, *seed, out)
	case *mutations > 0:
		mutate(*mutations, *seed, out)
	default:
		for _, name := range flag.Args() {
			err := documents(name, func(doc []byte) {
				r := run(doc, nil, counts)
				r.File = name
				if *asJSON {
					line, _ := json.Marshal(r)
					out.Write(append(line, '\n'))
					return
				}
				if r.Error != "" {
					fmt.Fprintf(os.Stderr, "%s: %s %s: %s\n", name, r.Kind, r.Name, r.Error)
				}
				for _, c := range counts {
					if r.Error == "" {
						fmt.Fprintln(out, strings.Join([]string{name, r.Kind, r.Namespace, r.Name, c, r.Hashes[c]}, "\t"))
					}
				}
				if *showDump {
					if r.Patch != "" {
						fmt.Fprintln(out, r.Patch)
					} else {
						fmt.Fprintln(out, r.Dump)
					}
				}
			})
			if err != nil {
				fmt.Fprintln(os.Stderr, name+":", err)
			}
		}
	}
}
