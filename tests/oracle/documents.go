package main

import (
	"encoding/json"
	"io"
	"os"

	"k8s.io/apimachinery/pkg/runtime"
	utilyaml "k8s.io/apimachinery/pkg/util/yaml"
)

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
