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
//	oracle -gates                the feature gates and their defaults
package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"reflect"
	"sort"
	"strconv"
	"strings"
	_ "unsafe" // go:linkname

	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apimachinery/pkg/runtime/serializer"
	"k8s.io/apimachinery/pkg/runtime/serializer/protobuf"
	"k8s.io/apimachinery/pkg/util/dump"
	utilyaml "k8s.io/apimachinery/pkg/util/yaml"
	genericapirequest "k8s.io/apiserver/pkg/endpoints/request"
	"k8s.io/apiserver/pkg/registry/rest"
	utilfeature "k8s.io/apiserver/pkg/util/feature"
	clientscheme "k8s.io/client-go/kubernetes/scheme"
	"k8s.io/kubernetes/pkg/api/legacyscheme"
	"k8s.io/kubernetes/pkg/apis/apps"
	_ "k8s.io/kubernetes/pkg/apis/apps/install"
	_ "k8s.io/kubernetes/pkg/apis/autoscaling/install"
	_ "k8s.io/kubernetes/pkg/apis/core/install"
	"k8s.io/kubernetes/pkg/capabilities"
	"k8s.io/kubernetes/pkg/controller"
	_ "k8s.io/kubernetes/pkg/controller/statefulset"
	_ "k8s.io/kubernetes/pkg/features"
	"k8s.io/kubernetes/pkg/registry/apps/daemonset"
	"k8s.io/kubernetes/pkg/registry/apps/deployment"
	"k8s.io/kubernetes/pkg/registry/apps/statefulset"
)

// newRevision is the StatefulSet controller's own function, not exported.
//
//go:linkname newRevision k8s.io/kubernetes/pkg/controller/statefulset.newRevision
func newRevision(set *appsv1.StatefulSet, revision int64, collisionCount *int32) (*appsv1.ControllerRevision, error)

var (
	lenient = legacyscheme.Codecs.UniversalDeserializer()
	strict  = serializer.NewCodecFactory(legacyscheme.Scheme, serializer.EnableStrict).UniversalDeserializer()
	pb      = protobuf.NewSerializer(legacyscheme.Scheme, legacyscheme.Scheme)
	storage = legacyscheme.Codecs.CodecForVersions(pb, pb, appsv1.SchemeGroupVersion, apps.SchemeGroupVersion)
	client  = protobuf.NewSerializer(clientscheme.Scheme, clientscheme.Scheme)
)

type result struct {
	File      string            `json:"file,omitempty"`
	Kind      string            `json:"kind"`
	Namespace string            `json:"namespace"`
	Name      string            `json:"name"`
	Hashes    map[string]string `json:"hashes,omitempty"` // by collision count; "" is none
	Dump      string            `json:"dump,omitempty"`   // of the hashed template
	Patch     string            `json:"patch,omitempty"`  // StatefulSet: the hashed bytes
	Template  json.RawMessage   `json:"template,omitempty"`
	Set       []string          `json:"set,omitempty"`     // Type.Field that are not zero
	Unknown   string            `json:"unknown,omitempty"` // what strict decoding says
	Invalid   string            `json:"invalid,omitempty"` // what the API server's validation says
	Twice     bool              `json:"twice,omitempty"`   // the defaulting on reading back changed the template
	Error     string            `json:"error,omitempty"`

	internal, served runtime.Object // as the API server holds it, and as the controller sees it
}

func workload(obj runtime.Object) (*metav1.ObjectMeta, *corev1.PodTemplateSpec, rest.RESTCreateStrategy) {
	switch o := obj.(type) {
	case *appsv1.Deployment:
		return &o.ObjectMeta, &o.Spec.Template, deployment.Strategy
	case *appsv1.DaemonSet:
		return &o.ObjectMeta, &o.Spec.Template, daemonset.Strategy
	case *appsv1.StatefulSet:
		return &o.ObjectMeta, &o.Spec.Template, statefulset.Strategy
	}
	return nil, nil, nil
}

// run takes one manifest as JSON through the API server and the controller: a new object, or an update of old.
func run(doc []byte, old *result, collisions []string) (r *result) {
	r = &result{}
	fail := func(err error) *result { r.Error = err.Error(); return r }
	var head struct {
		APIVersion, Kind string
		Metadata         struct{ Name, Namespace string }
	}
	if err := json.Unmarshal(doc, &head); err != nil {
		return fail(err)
	}
	r.Kind, r.Name, r.Namespace = head.Kind, head.Metadata.Name, head.Metadata.Namespace
	// What kubectl sends: the generic JSON object, written again.
	u := &unstructured.Unstructured{}
	if err := u.UnmarshalJSON(doc); err != nil {
		return fail(err)
	}
	u.SetAPIVersion("apps/v1") // older ones are read as apps/v1
	doc, err := u.MarshalJSON()
	if err != nil {
		return fail(err)
	}
	if _, _, err := strict.Decode(doc, nil, nil); err != nil {
		r.Unknown = err.Error()
	}
	obj, _, err := lenient.Decode(doc, nil, nil)
	if err != nil {
		return fail(err)
	}
	_, _, strategy := workload(obj)
	if strategy == nil {
		return fail(fmt.Errorf("kind %s", head.Kind))
	}
	legacyscheme.Scheme.Default(obj)
	internal, err := legacyscheme.Scheme.ConvertToVersion(obj, apps.SchemeGroupVersion)
	if err != nil {
		return fail(err)
	}

	ns := r.Namespace
	if ns == "" {
		ns = "default"
	}
	ctx := genericapirequest.WithNamespace(context.Background(), ns)
	ctx = genericapirequest.WithRequestInfo(ctx, &genericapirequest.RequestInfo{IsResourceRequest: true, Verb: "create", // also of updates: it only names the request
		APIGroup: "apps", APIVersion: "v1", Namespace: ns, Resource: strings.ToLower(r.Kind) + "s"})
	meta, err := metaOf(internal)
	if err != nil {
		return fail(err)
	}
	meta.SetNamespace(ns)
	checked := internal.DeepCopyObject()
	if old == nil {
		if m, err := metaOf(checked); err == nil {
			rest.FillObjectMetaSystemFields(m)
		}
		err = rest.BeforeCreate(strategy, ctx, checked)
		strategy.PrepareForCreate(ctx, internal)
	} else {
		update := strategy.(rest.RESTUpdateStrategy)
		for _, obj := range []runtime.Object{checked, internal, old.internal} {
			if m, err := metaOf(obj); err == nil {
				m.SetUID("1")
				m.SetResourceVersion("1")
			}
		}
		err = rest.BeforeUpdate(update, ctx, checked, old.internal.DeepCopyObject())
		update.PrepareForUpdate(ctx, internal, old.internal.DeepCopyObject())
	}
	if err != nil {
		r.Invalid = err.Error()
	}
	strategy.Canonicalize(internal)

	stored, err := runtime.Encode(storage, internal)
	if err != nil {
		return fail(err)
	}
	read, err := runtime.Decode(storage, stored)
	if err != nil {
		return fail(err)
	}
	served, err := runtime.Encode(storage, read)
	if err != nil {
		return fail(err)
	}
	r.Twice = !bytes.Equal(stored, served)
	got, _, err := client.Decode(served, nil, nil)
	if err != nil {
		return fail(err)
	}

	r.internal, r.served = read, got
	_, template, _ := workload(got)
	r.Hashes = map[string]string{}
	for _, c := range collisions {
		var count *int32
		if c != "" {
			n, err := strconv.ParseInt(c, 10, 32)
			if err != nil {
				return fail(err)
			}
			n32 := int32(n)
			count = &n32
		}
		set, ok := got.(*appsv1.StatefulSet)
		if !ok {
			r.Hashes[c] = controller.ComputeHash(template, count)
			continue
		}
		if count == nil { // the controller counts from 0
			count = new(int32)
		}
		cr, err := newRevision(set, 1, count)
		if err != nil {
			return fail(err)
		}
		r.Hashes[c] = cr.Name
		r.Patch = string(cr.Data.Raw)
	}
	r.Dump = dump.ForHash(*template)
	r.Template, _ = json.Marshal(template)
	fields := map[string]bool{}
	setFields(reflect.ValueOf(*template), fields)
	for f := range fields {
		r.Set = append(r.Set, f)
	}
	sort.Strings(r.Set)
	return r
}

func metaOf(obj runtime.Object) (metav1.Object, error) {
	switch o := obj.(type) {
	case *apps.Deployment:
		return o, nil
	case *apps.DaemonSet:
		return o, nil
	case *apps.StatefulSet:
		return o, nil
	}
	return nil, fmt.Errorf("%T", obj)
}

func qualified(t reflect.Type) string {
	pkg := t.PkgPath()
	switch pkg {
	case "k8s.io/api/core/v1":
		return "core." + t.Name()
	case "k8s.io/apimachinery/pkg/apis/meta/v1":
		return "meta." + t.Name()
	}
	return pkg[strings.LastIndex(pkg, "/")+1:] + "." + t.Name()
}

func setFields(v reflect.Value, into map[string]bool) {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			setFields(v.Elem(), into)
		}
	case reflect.Slice, reflect.Array:
		for i := 0; i < v.Len(); i++ {
			setFields(v.Index(i), into)
		}
	case reflect.Map:
		for _, k := range v.MapKeys() {
			setFields(v.MapIndex(k), into)
		}
	case reflect.Struct:
		for i := 0; i < v.NumField(); i++ {
			if !v.Field(i).IsZero() {
				into[qualified(v.Type())+"."+v.Type().Field(i).Name] = true
				setFields(v.Field(i), into)
			}
		}
	}
}

// documents reads a file as kubectl does.
func documents(name string, do func(doc []byte)) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	d := utilyaml.NewYAMLOrJSONDecoder(f, 4096)
	var each func(doc []byte)
	each = func(doc []byte) {
		var head struct {
			Kind  string
			Items []json.RawMessage
		}
		if json.Unmarshal(doc, &head) != nil {
			return
		}
		switch head.Kind {
		case "Deployment", "DaemonSet", "StatefulSet":
			do(doc)
		case "List":
			for _, item := range head.Items {
				each(item)
			}
		}
	}
	for {
		var ext runtime.RawExtension
		if err := d.Decode(&ext); err == io.EOF {
			return nil
		} else if err != nil {
			return err
		}
		each(ext.Raw)
	}
}

func main() {
	var (
		stream     = flag.Bool("stream", false, "JSON lines in, JSON lines out")
		showProbes = flag.Bool("probes", false, "print what is dropped and what is filled in, field by field")
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
