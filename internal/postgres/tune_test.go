package postgres

import (
	"context"
	"fmt"
	"os"
	"slices"
	"testing"
	"time"
)

func TestTune(t *testing.T) {
	ctx := context.Background()
	small, _ := Open(ctx, os.Getenv("TUNE_SMALL"))
	large, _ := Open(ctx, os.Getenv("TUNE_LARGE"))
	for _, who := range slices.Sorted(keysOf(readers)) {
		for _, what := range slices.Sorted(keysOf(asked)) {
			for _, kind := range []string{"cases", "items"} {
				var a, z time.Duration = 1e12, 1e12
				for range 2 {
					for i, s := range []*Store{small, large} {
						begun := time.Now()
						var err error
						if kind == "cases" {
							_, _, err = s.ListCases(ctx, readers[who], asked[what], "", 25)
						} else {
							_, _, err = s.ListItems(ctx, readers[who], asked[what], "", 25)
						}
						if err != nil {
							t.Fatal(err)
						}
						d := time.Since(begun)
						if i == 0 {
							a = min(a, d)
						} else {
							z = min(z, d)
						}
					}
				}
				mark := ""
				if float64(z)/float64(a) > 1.3 {
					mark = "  <<<"
				}
				fmt.Printf("%-5s %-9s %-10s %10s %10s %.2f%s\n", kind, who, what, a.Round(time.Microsecond), z.Round(time.Microsecond), float64(z)/float64(a), mark)
			}
		}
	}
}
