package api
import ("testing";"vinhdanh/internal/app";"net/http/httptest";"net/http";"os")
func TestTmp(t *testing.T){
 h:=New(app.New(app.App{}),Options{})
 w:=httptest.NewRecorder(); h.ServeHTTP(w,httptest.NewRequest(http.MethodGet,"/api/v1/openapi.json",nil))
 t.Log(w.Code,w.Body.Len()); os.WriteFile("/tmp/openapi.json",w.Body.Bytes(),0o644)
}
