package main

import (
	"reflect"
	"strings"
)

// qualified is the name of a type in tests/schema: core.Container. (Also for types/, which run.sh gives this file.)
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
