package web_test

func (r *councilRoom) draftsDecision() {}
