// Prints the tables of kustomize as JSON: what its transformers change, which kinds belong to no namespace,
// and which lists a strategic merge patch merges by key.
package main

import (
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"

	"k8s.io/kube-openapi/pkg/validation/spec"
	"sigs.k8s.io/kustomize/api/internal/plugins/builtinconfig"
	"sigs.k8s.io/kustomize/kyaml/openapi"
	"sigs.k8s.io/kustomize/kyaml/yaml"
)

// field is a property that a merge has to know: a list merged by keys, or the way to one.
type field struct {
	// Keys is empty, not absent, where a list of scalars is merged as a set.
	Keys  *[]string `json:"keys,omitempty"`
	Items string    `json:"items,omitempty"`
	Value string    `json:"value,omitempty"`
}

func main() {
	versions := map[string]string{}
	build, _ := debug.ReadBuildInfo()
	for _, module := range build.Deps {
		if strings.HasPrefix(module.Path, "sigs.k8s.io/kustomize/") {
			versions[module.Path] = module.Version
		}
	}
	kinds, definitions := mergeTable()
	check(json.NewEncoder(os.Stdout).Encode(map[string]any{
		"versions":      versions,
		"fieldSpecs":    builtinconfig.MakeDefaultConfig(),
		"clusterScoped": clusterScoped(kinds),
		"kindOrder":     kindOrder("sigs.k8s.io/kustomize/kyaml", "resid/gvk.go", "orderFirst", "orderLast"),
		"merge":         map[string]any{"kinds": keepDefined(kinds, definitions), "definitions": definitions},
	}))
}

type kindTable map[string]map[string]string

// mergeTable leaves out each definition below which no list is merged.
func mergeTable() (kindTable, map[string]map[string]field) {
	kinds := kindTable{}
	schemas := openapi.Schema().Definitions
	if schemas == nil {
		// The schema is read when the first kind is asked for.
		openapi.SchemaForResourceType(yaml.TypeMeta{APIVersion: "v1", Kind: "Pod"})
		schemas = openapi.Schema().Definitions
	}
	definitions := map[string]map[string]field{}
	for name, schema := range schemas {
		definitions[name] = fieldsOf(schema)
		gvks, _ := schema.Extensions["x-kubernetes-group-version-kind"].([]any)
		if len(gvks) != 1 {
			continue
		}
		gvk := gvks[0].(map[string]any)
		apiVersion := path.Join(gvk["group"].(string), gvk["version"].(string))
		if kinds[apiVersion] == nil {
			kinds[apiVersion] = map[string]string{}
		}
		kinds[apiVersion][gvk["kind"].(string)] = name
	}
	leads := map[string]bool{}
	for grown := true; grown; {
		grown = false
		for name, fields := range definitions {
			for _, entry := range fields {
				if !leads[name] && (entry.Keys != nil || leads[entry.Value]) {
					leads[name], grown = true, true
				}
			}
		}
	}
	for name, fields := range definitions {
		for key, entry := range fields {
			if !leads[entry.Items] {
				entry.Items = ""
			}
			fields[key] = entry
			if entry.Keys == nil && !leads[entry.Value] {
				delete(fields, key)
			}
		}
		if !leads[name] {
			delete(definitions, name)
		}
	}
	return kinds, definitions
}

func fieldsOf(schema spec.Schema) map[string]field {
	fields := map[string]field{}
	for key, property := range schema.Properties {
		fields[key] = fieldOf(property)
	}
	// A field of any name has the schema of the additional ones, where it has none of its own.
	if additional := schema.AdditionalProperties; additional != nil && additional.Schema != nil {
		fields["*"] = fieldOf(*additional.Schema)
	}
	return fields
}

func fieldOf(property spec.Schema) field {
	if name := referred(property); name != "" {
		return field{Value: name}
	}
	if !property.Type.Contains("array") {
		return field{}
	}
	resource := openapi.ResourceSchema{Schema: &property}
	strategy, keys := resource.PatchStrategyAndKeyList()
	if !slices.Contains(strings.Split(strategy, ","), "merge") {
		return field{}
	}
	result := field{Keys: &keys}
	if property.Items != nil && property.Items.Schema != nil {
		result.Items = referred(*property.Items.Schema)
	}
	return result
}

func referred(schema spec.Schema) string {
	return strings.TrimPrefix(schema.Ref.String(), "#/definitions/")
}

func clusterScoped(kinds kindTable) map[string][]string {
	result := map[string][]string{}
	for apiVersion, byKind := range kinds {
		for kind := range byKind {
			if openapi.IsCertainlyClusterScoped(yaml.TypeMeta{APIVersion: apiVersion, Kind: kind}) {
				result[apiVersion] = append(result[apiVersion], kind)
			}
		}
		slices.Sort(result[apiVersion])
	}
	return result
}

// kindOrder reads two lists of kinds from the source, since no package exports them.
func kindOrder(module, file, first, last string) map[string][]string {
	folder, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", module).Output()
	check(err)
	parsed, err := parser.ParseFile(token.NewFileSet(), filepath.Join(strings.TrimSpace(string(folder)), file), nil, 0)
	check(err)
	lists := map[string][]string{}
	ast.Inspect(parsed, func(node ast.Node) bool {
		variable, ok := node.(*ast.ValueSpec)
		if !ok || len(variable.Values) != 1 {
			return true
		}
		list, ok := variable.Values[0].(*ast.CompositeLit)
		if !ok {
			return true
		}
		for _, element := range list.Elts {
			if literal, ok := element.(*ast.BasicLit); ok {
				kind, err := strconv.Unquote(literal.Value)
				check(err)
				lists[variable.Names[0].Name] = append(lists[variable.Names[0].Name], kind)
			}
		}
		return true
	})
	return map[string][]string{"first": lists[first], "last": lists[last]}
}

func keepDefined(kinds kindTable, definitions map[string]map[string]field) kindTable {
	for apiVersion, byKind := range kinds {
		for kind, name := range byKind {
			if definitions[name] == nil {
				delete(byKind, kind)
			}
		}
		if len(byKind) == 0 {
			delete(kinds, apiVersion)
		}
	}
	return kinds
}

func check(err error) {
	if err != nil {
		panic(err)
	}
}
