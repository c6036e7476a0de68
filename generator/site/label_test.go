package site

import "testing"

func TestUnnumbered(t *testing.T) {
	for label, want := range map[string]string{
		"一、本年新收政府信息公开申请数量": "本年新收政府信息公开申请数量",
		"（七）总计": "总计",
		"（二）部分公开（区分处理的，只计这一情形，不计其他情形）": "部分公开",
		"7.属于行政执法案卷":       "属于行政执法案卷",
		"三公经费":             "三公经费",
		"十":                "十",
		"规章":               "规章",
		"12306 投诉":         "12306 投诉",
		"I. Received":      "I. Received",
		"（注）":              "（注）",
		"1. State secrets": "State secrets",
	} {
		if got := Unnumbered(label); got != want {
			t.Errorf("Unnumbered(%q) = %q, want %q", label, got, want)
		}
	}
}
