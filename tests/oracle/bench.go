//go:build go1.23

package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"runtime/debug"
	"time"

	"k8s.io/apimachinery/pkg/runtime"
	utilyaml "k8s.io/apimachinery/pkg/util/yaml"
	"k8s.io/kubernetes/pkg/api/legacyscheme"
)

// times is what the stages take for one file of one object, in nanoseconds: each the best of some rounds.
type times struct {
	File string `json:"file"`
	// The release of Kubernetes whose code it is.
	Version string `json:"version"`
	Name    string `json:"name"`
	// From YAML to the name, by way of what the API server stores.
	Stored int64 `json:"stored"`
	// The same without the server: decoded, defaulted and hashed. Gated fields and empty lists would count wrongly.
	Defaulted int64 `json:"defaulted"`
	// From the template that the controller sees to the name.
	Template int64 `json:"template"`
}

// bench measures files and prints a line of JSON for each.
func bench(files []string, out io.Writer) error {
	version := "unknown"
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, m := range info.Deps {
			if m.Path == "k8s.io/kubernetes" {
				version = m.Version
			}
		}
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		t := times{File: file, Version: version}
		got, err := throughStorage(text)
		if err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
		if t.Name, _, err = named(got, nil); err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
		t.Stored = best(func() { name(throughStorage(text)) })
		t.Defaulted = best(func() { name(defaulted(text)) })
		t.Template = best(func() { name(got, nil) })
		line, _ := json.Marshal(t)
		fmt.Fprintln(out, string(line))
	}
	return nil
}

func name(got runtime.Object, err error) string {
	if err != nil {
		panic(err)
	}
	name, _, err := named(got, nil)
	if err != nil {
		panic(err)
	}
	return name
}

// throughStorage is what the controller sees of a manifest in YAML, without validation.
func throughStorage(text []byte) (runtime.Object, error) {
	doc, err := utilyaml.ToJSON(text)
	if err != nil {
		return nil, err
	}
	internal, strategy, err := received(doc)
	if err != nil {
		return nil, err
	}
	strategy.PrepareForCreate(requestContext("", "default"), internal)
	strategy.Canonicalize(internal)
	_, got, err := (&result{}).keep(internal)
	return got, err
}

// defaulted is a manifest in YAML as the API's own type, with its defaults.
func defaulted(text []byte) (runtime.Object, error) {
	doc, err := utilyaml.ToJSON(text)
	if err != nil {
		return nil, err
	}
	obj, _, err := lenient.Decode(doc, nil, nil)
	if err == nil {
		legacyscheme.Scheme.Default(obj)
	}
	return obj, err
}

// best is what one call takes, in the best of some rounds of many.
func best(do func()) int64 {
	const rounds, each = 7, 60 * time.Millisecond
	least := time.Duration(1<<63 - 1)
	for range rounds {
		calls, start := 0, time.Now()
		for time.Since(start) < each {
			do()
			calls++
		}
		least = min(least, time.Since(start)/time.Duration(calls))
	}
	return least.Nanoseconds()
}
