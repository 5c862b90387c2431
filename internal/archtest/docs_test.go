package archtest

import (
	"go/ast"
	"go/token"
)

// undocumented lists the exported names of a declaration that nothing is said of.
// In a group of constants or variables a comment on the group, on a line or at
// its end will do; methods that only satisfy a well-known interface need none.
func undocumented(decl ast.Decl, command bool) []*ast.Ident {
	switch d := decl.(type) {
	case *ast.FuncDecl:
		if d.Doc == nil && d.Name.IsExported() && !command && !wellKnown[d.Name.Name] && receiverExported(d) {
			return []*ast.Ident{d.Name}
		}
	case *ast.GenDecl:
		if d.Tok == token.IMPORT || command {
			return nil
		}
		return undocumentedSpecs(d)
	}
	return nil
}

// wellKnown are methods whose meaning their interface gives.
var wellKnown = map[string]bool{"Error": true, "Unwrap": true, "Is": true, "String": true, "Len": true, "Less": true, "Swap": true}

func undocumentedSpecs(d *ast.GenDecl) []*ast.Ident {
	var out []*ast.Ident
	for _, spec := range d.Specs {
		switch s := spec.(type) {
		case *ast.TypeSpec:
			if s.Name.IsExported() && s.Doc == nil && s.Comment == nil && d.Doc == nil {
				out = append(out, s.Name)
			}
		case *ast.ValueSpec:
			if s.Doc != nil || s.Comment != nil || d.Doc != nil || grouped(d, s) {
				continue
			}
			for _, n := range s.Names {
				if n.IsExported() {
					out = append(out, n)
				}
			}
		}
	}
	return out
}

// grouped tells whether the value belongs to an enumeration: constants of one
// declared type, which the type's own comment explains.
func grouped(d *ast.GenDecl, s *ast.ValueSpec) bool {
	if d.Tok != token.CONST || !d.Lparen.IsValid() {
		return false
	}
	_, named := s.Type.(*ast.Ident)
	return named || s.Type == nil && len(s.Values) == 0 // iota goes on
}

func receiverExported(d *ast.FuncDecl) bool {
	if d.Recv == nil {
		return true
	}
	typ := d.Recv.List[0].Type
	for {
		switch x := typ.(type) {
		case *ast.StarExpr:
			typ = x.X
		case *ast.IndexExpr:
			typ = x.X
		case *ast.IndexListExpr:
			typ = x.X
		case *ast.Ident:
			return x.IsExported()
		default:
			return true
		}
	}
}
