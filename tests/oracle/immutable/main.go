// Command immutable asks a real API server which updates it refuses. It reads tests/golden/immutable.yaml and the rows of
// immutable.tsv beside it, applies each row's object with the field as it was, then with the field as it is to be, as
// server-side apply does it, and writes the rows again with the answers in the column of its version.
package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"regexp"
	"sort"
	"strings"
	"time"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/apimachinery/pkg/util/yaml"
	"k8s.io/client-go/discovery"
	"k8s.io/client-go/discovery/cached/memory"
	"k8s.io/client-go/dynamic"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/restmapper"
)

// What a cell says where the server takes the update, and where it does not know the object or the field.
const (
	taken   = "ok"
	unknown = "-"
)

func main() {
	if err := run(os.Args[1], os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, "immutable:", err)
		os.Exit(1)
	}
}

func run(objectsFile, rowsFile string) error {
	dir, err := os.MkdirTemp("", "probe-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	objects, err := readObjects(objectsFile)
	if err != nil {
		return err
	}
	config, err := serve(dir)
	if err != nil {
		return err
	}
	probe, err := newProbe(config)
	if err != nil {
		return err
	}
	text, err := os.ReadFile(rowsFile)
	if err != nil {
		return err
	}
	column := 0
	for _, line := range strings.Split(strings.TrimSuffix(string(text), "\n"), "\n") {
		cells := strings.Split(line, "\t")
		if strings.HasPrefix(line, "# object") {
			column = index(cells, probe.minor)
		}
		if !strings.HasPrefix(line, "#") {
			object := objects[cells[0]]
			if object == nil || column == 0 {
				return fmt.Errorf("there is no object or no column for %q", line)
			}
			for len(cells) <= column {
				cells = append(cells, "")
			}
			if cells[column], err = probe.ask(object, cells[1], cells[2], cells[3]); err != nil {
				return fmt.Errorf("%s: %w", line, err)
			}
		}
		fmt.Println(strings.Join(cells, "\t"))
	}
	return nil
}

func index(cells []string, cell string) int {
	for at, other := range cells {
		if other == cell {
			return at
		}
	}
	return 0
}

type document = map[string]any

// readObjects gives the objects of a file by kind and name.
func readObjects(file string) (map[string]document, error) {
	opened, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer opened.Close()
	objects, reader := map[string]document{}, yaml.NewYAMLReader(bufio.NewReader(opened))
	for {
		text, err := reader.Read()
		if errors.Is(err, io.EOF) {
			return objects, nil
		}
		if err != nil {
			return nil, err
		}
		object := document{}
		if err := yaml.Unmarshal(text, &object); err != nil {
			return nil, fmt.Errorf("%w in %s", err, text)
		}
		if len(object) > 0 {
			name := (&unstructured.Unstructured{Object: object}).GetName()
			objects[fmt.Sprint(object["kind"], "/", name)] = object
		}
	}
}

type probe struct {
	client dynamic.Interface
	mapper *restmapper.DeferredDiscoveryRESTMapper
	minor  string
	// The objects that are there, by their JSON, and under what name.
	made map[string]string
}

func newProbe(config *rest.Config) (*probe, error) {
	found, err := discovery.NewDiscoveryClientForConfig(config)
	if err != nil {
		return nil, err
	}
	version, err := found.ServerVersion()
	if err != nil {
		return nil, err
	}
	minor := regexp.MustCompile(`[0-9]+\.[0-9]+`).FindString(version.GitVersion)
	client, err := dynamic.NewForConfig(config)
	if err != nil {
		return nil, err
	}
	mapper := restmapper.NewDeferredDiscoveryRESTMapper(memory.NewMemCacheClient(found))
	return &probe{client, mapper, minor, map[string]string{}}, nil
}

// ask makes the object with the field as it was, once for all rows, and tries the update without keeping it.
func (p *probe) ask(base document, field, from, to string) (string, error) {
	old, err := with(base, field, from)
	if err != nil {
		return "", err
	}
	made, err := json.Marshal(old)
	if err != nil {
		return "", err
	}
	name, ok := p.made[string(made)]
	if !ok {
		name = p.fresh(old, from)
		if err := p.make(old, name); err != nil {
			fmt.Fprintf(os.Stderr, "not made for %s: %v\n", field, err)
			name = ""
		}
		p.made[string(made)] = name
	}
	if name == "" {
		return unknown, nil
	}
	fresh, err := with(old, field, to)
	if err != nil {
		return "", err
	}
	delete(fresh, "status")
	return said(p.apply(fresh, name, "", metav1.DryRunAll)), nil
}

// fresh is a name that no object has yet. An object as it stands in the file keeps its own: others ask for it.
func (p *probe) fresh(object document, from string) string {
	name := (&unstructured.Unstructured{Object: object}).GetName()
	if from == "=" {
		return name
	}
	return fmt.Sprintf("%s-%d", name, len(p.made))
}

// make applies an object, and its status where it has one.
func (p *probe) make(object document, name string) error {
	bare := clone(object)
	delete(bare, "status")
	if err := p.apply(bare, name, ""); err != nil {
		return err
	}
	if object["kind"] == "CustomResourceDefinition" {
		return p.established(bare, name)
	}
	if object["status"] == nil {
		return nil
	}
	bare = document{"apiVersion": object["apiVersion"], "kind": object["kind"], "metadata": object["metadata"], "status": object["status"]}
	return p.apply(bare, name, "status")
}

// established waits for the API server to take objects of a kind: until then it lets more change.
func (p *probe) established(object document, name string) error {
	client, err := p.resource(&unstructured.Unstructured{Object: object})
	for end := time.Now().Add(time.Minute); err == nil && time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		var found *unstructured.Unstructured
		if found, err = client.Get(context.Background(), name, metav1.GetOptions{}); err != nil {
			break
		}
		conditions, _, _ := unstructured.NestedSlice(found.Object, "status", "conditions")
		for _, condition := range conditions {
			if condition := condition.(document); condition["type"] == "Established" && condition["status"] == "True" {
				return nil
			}
		}
	}
	return errors.Join(err, errors.New("it was not established"))
}

// resource is where objects like this are.
func (p *probe) resource(object *unstructured.Unstructured) (dynamic.ResourceInterface, error) {
	kind := object.GroupVersionKind()
	mapping, err := p.mapper.RESTMapping(kind.GroupKind(), kind.Version)
	if err != nil {
		return nil, err
	}
	if mapping.Scope.Name() == "namespace" {
		return p.client.Resource(mapping.Resource).Namespace("default"), nil
	}
	return p.client.Resource(mapping.Resource), nil
}

func (p *probe) apply(object document, name, subresource string, dryRun ...string) error {
	sent := unstructured.Unstructured{Object: clone(object)}
	sent.SetName(name)
	client, err := p.resource(&sent)
	if err != nil {
		return err
	}
	text, err := sent.MarshalJSON()
	if err != nil {
		return err
	}
	force := true
	options := metav1.PatchOptions{FieldManager: "probe" + subresource, Force: &force, DryRun: dryRun}
	var subresources []string
	if subresource != "" {
		subresources = append(subresources, subresource)
	}
	_, err = client.Patch(context.Background(), name, types.ApplyPatchType, text, options, subresources...)
	return err
}

// with is the object with another value of a field, as JSON: `-` for none, `=` for what it has.
func with(object document, field, value string) (document, error) {
	changed := clone(object)
	if value == "=" {
		return changed, nil
	}
	keys := strings.Split(field, ".")
	at := changed
	for _, key := range keys[:len(keys)-1] {
		if _, ok := at[key].(document); !ok {
			at[key] = document{}
		}
		at = at[key].(document)
	}
	last := keys[len(keys)-1]
	if value == "-" {
		delete(at, last)
		return changed, nil
	}
	var parsed any
	decoder := json.NewDecoder(bytes.NewReader([]byte(value)))
	if err := decoder.Decode(&parsed); err != nil {
		return nil, fmt.Errorf("%s: %w", value, err)
	}
	at[last] = parsed
	return changed, nil
}

func clone(object document) document {
	return (&unstructured.Unstructured{Object: numbers(object).(document)}).DeepCopy().Object
}

// numbers has the whole numbers as a deep copy takes them.
func numbers(value any) any {
	switch value := value.(type) {
	case document:
		for key, inner := range value {
			value[key] = numbers(inner)
		}
	case []any:
		for at, inner := range value {
			value[at] = numbers(inner)
		}
	case float64:
		if whole := int64(value); float64(whole) == value {
			return whole
		}
	}
	return value
}

var quoted = regexp.MustCompile(`(?s)^(Invalid|Unsupported|Duplicate) value: .*: (.*)$`)

// said is an answer in one line: `ok`, or each field with what is wrong with it.
func said(err error) string {
	if err == nil {
		return taken
	}
	if strings.Contains(err.Error(), "field not declared in schema") {
		return unknown
	}
	var status apierrors.APIStatus
	if !errors.As(err, &status) {
		return short(err.Error())
	}
	seen, causes := map[string]bool{}, []string{}
	if details := status.Status().Details; details != nil {
		for _, cause := range details.Causes {
			line := cause.Field + ": " + short(cause.Message)
			if !seen[line] {
				seen[line] = true
				causes = append(causes, line)
			}
		}
	}
	if len(causes) == 0 {
		return short(status.Status().Message)
	}
	sort.Strings(causes)
	return strings.Join(causes, "; ")
}

func short(message string) string {
	message = quoted.ReplaceAllString(message, "$2")
	message, _, _ = strings.Cut(message, "\n")
	return strings.ReplaceAll(strings.TrimSpace(message), "\t", " ")
}
