// Command types prints the fields of every Go type that a pod template of one version of k8s.io/api reaches. It needs no more
// than that module and k8s.io/apimachinery, which are served for versions whose server is not.
package main

import (
	"fmt"
	"reflect"
	"strings"

	corev1 "k8s.io/api/core/v1"
)

// main prints each type once, breadth first, its fields in declaration order.
func main() {
	seen := map[reflect.Type]bool{}
	queue := []reflect.Type{reflect.TypeOf(corev1.PodTemplateSpec{})}
	var named []string
	add := func(t reflect.Type) {
		for {
			if t.Name() != "" && t.PkgPath() != "" {
				if seen[t] {
					return
				}
				seen[t] = true
				if t.Kind() == reflect.Struct {
					queue = append(queue, t)
					return
				}
				named = append(named, "named\t"+qualified(t)+"\t"+strings.ReplaceAll(reflectUnder(t), "v1.", ""))
			}
			switch t.Kind() {
			case reflect.Map:
				k := t.Key()
				if k.Name() != "" && k.PkgPath() != "" && !seen[k] {
					seen[k] = true
					named = append(named, "named\t"+qualified(k)+"\t"+reflectUnder(k))
				}
				t = t.Elem()
			case reflect.Pointer, reflect.Slice, reflect.Array:
				t = t.Elem()
			case reflect.Struct:
				queue = append(queue, t)
				return
			default:
				return
			}
		}
	}
	seen[queue[0]] = true
	for len(queue) > 0 {
		t := queue[0]
		queue = queue[1:]
		for i := 0; i < t.NumField(); i++ {
			f := t.Field(i)
			embedded := ""
			if f.Anonymous {
				embedded = "embedded"
			}
			name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
			fmt.Printf("field\t%s\t%s\t%s\t%s\t%s\t%s\n", qualified(t), f.Name, f.Type, name, embedded, options)
			add(f.Type)
		}
	}
	for _, n := range named {
		fmt.Println(n)
	}
}

func reflectUnder(t reflect.Type) string {
	switch t.Kind() {
	case reflect.Map:
		return "map[" + t.Key().String() + "]" + t.Elem().String()
	case reflect.Slice:
		return "[]" + t.Elem().String()
	}
	return t.Kind().String()
}
