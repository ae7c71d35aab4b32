//go:build go1.23

package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"reflect"
	"strings"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/resource"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/util/intstr"
)

// A probe is a Deployment in whose template one field is set. What is left of the field says whether its gate is on; what is
// beside it in a struct that was given empty is a default.

// step leads from a struct to a field; list says that the field is a list, whose first element the way goes through.
type step struct {
	name string
	list bool
}

type probe struct {
	out  *bufio.Writer
	base any
	// A field has many places: what was said of it once is not said again.
	said map[string]bool
}

// probes prints "gate TYPE FIELD counts|dropped|forced" and "default TYPE FIELD JSON" for every field of the template.
func probes(out *bufio.Writer) {
	p := &probe{out: out, said: map[string]bool{}}
	p.base = p.served(object{})
	p.structure(reflect.TypeFor[corev1.PodTemplateSpec](), nil, map[reflect.Type]int{})
}

func (p *probe) say(parts ...string) {
	line := strings.Join(parts, "\t")
	if !p.said[line] {
		p.said[line] = true
		fmt.Fprintln(p.out, line)
	}
}

// served is the template that the controller sees of one with these fields.
func (p *probe) served(template object) any {
	merged := object{"metadata": object{"labels": object{"app": "x"}}, "spec": object{"containers": []any{object{"name": "c", "image": "i:1"}}}}
	merge(merged, template)
	doc, _ := json.Marshal(object{"apiVersion": "apps/v1", "kind": "Deployment", "metadata": object{"name": "x"},
		"spec": object{"selector": object{"matchLabels": object{"app": "x"}}, "template": merged}})
	r := run(doc, nil, []string{""})
	var got any
	json.Unmarshal(r.Template, &got)
	return got
}

func merge(into, from object) {
	for key, value := range from {
		old, _ := into[key].(object)
		if new, ok := value.(object); ok && old != nil {
			merge(old, new)
		} else {
			into[key] = value
		}
	}
}

// structure probes the fields of a type at the end of a way, and goes on into what they hold.
func (p *probe) structure(t reflect.Type, way []step, open map[reflect.Type]int) {
	if open[t] > 0 {
		return
	}
	open[t]++
	defer func() { open[t]-- }()
	for i := range t.NumField() {
		f := t.Field(i)
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		held, list := f.Type, false
		for held.Kind() == reflect.Pointer || held.Kind() == reflect.Slice {
			list = list || held.Kind() == reflect.Slice
			held = held.Elem()
		}
		switch {
		case name == "" && f.Anonymous:
			p.structure(held, way, open)
		case name == "" || name == "-" || held == reflect.TypeFor[metav1.Time]() || held == reflect.TypeFor[metav1.FieldsV1]():
		case leaf(held):
			p.gate(t, f, append(way, step{name, list}), sample(held, f.Name))
		default:
			there := append(append([]step{}, way...), step{name, list})
			p.gate(t, f, there, object{})
			p.defaults(held, there)
			p.structure(held, there, open)
		}
	}
}

func leaf(t reflect.Type) bool {
	return t.Kind() != reflect.Struct || t == reflect.TypeFor[resource.Quantity]() || t == reflect.TypeFor[intstr.IntOrString]()
}

// sample is a value that no default has.
func sample(t reflect.Type, field string) any {
	switch {
	case t == reflect.TypeFor[resource.Quantity]():
		return "3"
	case t == reflect.TypeFor[intstr.IntOrString]():
		return 7
	case t.Kind() == reflect.Bool:
		return true
	case t.Kind() == reflect.Map && t.Elem() == reflect.TypeFor[resource.Quantity]():
		return object{"cpu": "3"}
	case t.Kind() == reflect.Map:
		return object{"k": "v"}
	case t.Kind() == reflect.String:
		return "x"
	}
	return 7
}

// placed puts a value at the end of a way.
func placed(way []step, value any) object {
	for i := len(way) - 1; i >= 0; i-- {
		if way[i].list {
			value = []any{value}
		}
		if i == 1 && way[i].list && strings.HasSuffix(strings.ToLower(way[i].name), "containers") { // each must have these
			container := object{"name": "c", "image": "i:1"}
			merge(container, value.([]any)[0].(object))
			value = []any{container}
		}
		value = object{way[i].name: value}
	}
	return value.(object)
}

// find is what is at the end of a way.
func find(in any, way []step) (any, bool) {
	for _, s := range way {
		o, ok := in.(object)
		if !ok {
			return nil, false
		}
		if in, ok = o[s.name]; !ok {
			return nil, false
		}
		if s.list {
			list, _ := in.([]any)
			if len(list) == 0 {
				return nil, false
			}
			in = list[0]
		}
	}
	return in, true
}

// kept is whether a value of a type is served as it is given.
func kept(t reflect.Type) bool {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	return leaf(t) && t.Kind() != reflect.Map && t.Kind() != reflect.Slice
}

func (p *probe) gate(t reflect.Type, f reflect.StructField, way []step, value any) {
	name := way[len(way)-1].name
	got, ok := find(p.served(placed(way, value)), way)
	a, _ := json.Marshal(value)
	b, _ := json.Marshal(got)
	if !ok && len(way) > 1 {
		holder := way[:len(way)-1]
		if _, ok := find(p.served(placed(holder, object{})), holder); !ok {
			return // what holds it is dropped: that says nothing of this field
		}
	}
	state := "counts"
	switch {
	case !ok:
		state = "dropped"
	case kept(f.Type) && string(a) != string(b):
		state = "forced"
	}
	p.say("gate", qualified(t), name, state)
}

// defaults prints what stands in a struct that was given empty.
func (p *probe) defaults(t reflect.Type, way []step) {
	got, _ := find(p.served(placed(way, object{})), way)
	fields, _ := got.(object)
	given := map[string]bool{}
	if len(way) == 2 && way[1].list {
		given["name"], given["image"] = strings.HasSuffix(strings.ToLower(way[1].name), "containers"), true
	}
	p.filled(t, fields, given)
}

func (p *probe) filled(t reflect.Type, fields object, given map[string]bool) {
	for i := range t.NumField() {
		f := t.Field(i)
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		if name == "" && f.Anonymous && f.Type.Kind() == reflect.Struct {
			p.filled(f.Type, fields, given)
			continue
		}
		value, ok := fields[name]
		text, _ := json.Marshal(value)
		zero := map[string]bool{"null": true, `""`: true, "0": true, `"0"`: true, "false": true, "{}": true}[string(text)]
		if ok && !given[name] && (!zero || f.Type.Kind() == reflect.Pointer && string(text) != "null") {
			p.say("default", qualified(t), name, string(text))
		}
	}
}
