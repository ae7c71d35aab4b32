package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
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
	genericapirequest "k8s.io/apiserver/pkg/endpoints/request"
	"k8s.io/apiserver/pkg/registry/rest"
	clientscheme "k8s.io/client-go/kubernetes/scheme"
	"k8s.io/kubernetes/pkg/api/legacyscheme"
	"k8s.io/kubernetes/pkg/apis/apps"
	_ "k8s.io/kubernetes/pkg/apis/apps/install"
	_ "k8s.io/kubernetes/pkg/apis/autoscaling/install"
	_ "k8s.io/kubernetes/pkg/apis/core/install"
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
	doc, err := sent(doc)
	if err != nil {
		return fail(err)
	}
	if _, _, err := strict.Decode(doc, nil, nil); err != nil {
		r.Unknown = err.Error()
	}
	internal, strategy, err := received(doc)
	if err != nil {
		return fail(err)
	}
	if err := r.admit(internal, strategy, old); err != nil {
		r.Invalid = err.Error()
	}
	read, got, err := r.keep(internal)
	if err != nil {
		return fail(err)
	}
	r.internal, r.served = read, got
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
		if r.Hashes[c], r.Patch, err = named(got, count); err != nil {
			return fail(err)
		}
	}
	_, template, _ := workload(got)
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

// sent is what kubectl sends: the generic JSON object, written again.
func sent(doc []byte) ([]byte, error) {
	u := &unstructured.Unstructured{}
	if err := u.UnmarshalJSON(doc); err != nil {
		return nil, err
	}
	u.SetAPIVersion("apps/v1") // older ones are read as apps/v1
	return u.MarshalJSON()
}

// received is a manifest as the API server has it once it is decoded and defaulted: internal.
func received(doc []byte) (runtime.Object, rest.RESTCreateStrategy, error) {
	obj, _, err := lenient.Decode(doc, nil, nil)
	if err != nil {
		return nil, nil, err
	}
	_, _, strategy := workload(obj)
	if strategy == nil {
		return nil, nil, fmt.Errorf("kind %T", obj)
	}
	legacyscheme.Scheme.Default(obj)
	internal, err := legacyscheme.Scheme.ConvertToVersion(obj, apps.SchemeGroupVersion)
	return internal, strategy, err
}

// admit prepares a new object, or an update of old, and validates it.
func (r *result) admit(internal runtime.Object, strategy rest.RESTCreateStrategy, old *result) error {
	ns := r.Namespace
	if ns == "" {
		ns = "default"
	}
	ctx := requestContext(r.Kind, ns)
	meta, err := metaOf(internal)
	if err != nil {
		return err
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
	strategy.Canonicalize(internal)
	return err
}

// requestContext is that of a creation, also for updates: it only names the request.
func requestContext(kind, ns string) context.Context {
	ctx := genericapirequest.WithNamespace(context.Background(), ns)
	return genericapirequest.WithRequestInfo(ctx, &genericapirequest.RequestInfo{IsResourceRequest: true, Verb: "create",
		APIGroup: "apps", APIVersion: "v1", Namespace: ns, Resource: strings.ToLower(kind) + "s"})
}

// keep stores the object and serves it: as it is read back, and as the controller gets it.
func (r *result) keep(internal runtime.Object) (read, got runtime.Object, err error) {
	stored, err := runtime.Encode(storage, internal)
	if err != nil {
		return nil, nil, err
	}
	if read, err = runtime.Decode(storage, stored); err != nil {
		return nil, nil, err
	}
	served, err := runtime.Encode(storage, read)
	if err != nil {
		return nil, nil, err
	}
	r.Twice = !bytes.Equal(stored, served)
	got, _, err = client.Decode(served, nil, nil)
	return read, got, err
}

// named is the hash, or of a StatefulSet the name of the revision and the bytes that are hashed.
func named(got runtime.Object, collision *int32) (name, patch string, err error) {
	set, ok := got.(*appsv1.StatefulSet)
	if !ok {
		_, template, _ := workload(got)
		return controller.ComputeHash(template, collision), "", nil
	}
	if collision == nil { // the controller counts from 0
		collision = new(int32)
	}
	cr, err := newRevision(set, 1, collision)
	if err != nil {
		return "", "", err
	}
	return cr.Name, string(cr.Data.Raw), nil
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
