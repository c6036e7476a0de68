package importer

import (
	"strings"
	"testing"

	"annals/generator/diag"
)

// offices are the agencies of two counties, one of which is named like the end of
// a third's name.
var offices = []Agency{
	{Path: "q/gov", Name: "青禾县人民政府", Region: "青禾县"},
	{Path: "q/gov-office", Name: "青禾县人民政府办公室", Short: "县府办", Region: "青禾县"},
	{Path: "q/education", Name: "青禾县教育局", Short: "教育局", Region: "青禾县"},
	{Path: "q/health", Name: "青禾县卫生健康委员会", Region: "青禾县"},
	{Path: "q/reform", Name: "青禾县发展和改革委员会", Region: "青禾县"},
	{Path: "q/police", Name: "青禾县公安局", Region: "青禾县"},
	{Path: "q/traffic", Name: "青禾县公安局交通警察大队", Region: "青禾县"},
	{Path: "q/finance", Name: "青禾县财政局", Region: "青禾县"},
	{Path: "q/people", Name: "青禾县人力资源和社会保障局", Short: "人社局", Region: "青禾县"},
	{Path: "q/land", Name: "青禾县自然资源和规划局", Region: "青禾县"},
	{Path: "q/housing", Name: "青禾县住房和城乡建设局", Short: "住建局", Region: "青禾县"},
	{Path: "q/transport", Name: "青禾县交通运输局", Region: "青禾县"},
	{Path: "q/water", Name: "青禾县水务局", Former: []string{"青禾县水利局"}, Region: "青禾县"},
	{Path: "q/farming", Name: "青禾县农业农村局", Region: "青禾县"},
	{Path: "q/culture", Name: "青禾县文化广电和旅游局", Short: "文广旅局", Region: "青禾县"},
	{Path: "q/veterans", Name: "青禾县退役军人事务局", Region: "青禾县"},
	{Path: "q/emergency", Name: "青禾县应急管理局", Region: "青禾县"},
	{Path: "q/market", Name: "青禾县市场监督管理局", Region: "青禾县"},
	{Path: "q/insurance", Name: "青禾县医疗保障局", Region: "青禾县"},
	{Path: "q/approval", Name: "青禾县行政审批服务局", Region: "青禾县"},
	{Path: "q/east", Name: "青禾县东风街道办事处", Region: "青禾县"},
	{Path: "q/stone", Name: "青禾县石桥镇人民政府", Region: "青禾县"},
	{Path: "q/new", Name: "青禾县新塘乡人民政府", Region: "青禾县"},
	{Path: "c/education", Name: "城区教育局", Region: "城区"},
	{Path: "c/gov", Name: "城区人民政府", Region: "城区"},
}

// TestDocumentsAreSorted imports documents that are named as offices name them:
// each goes to its agency, and those of agencies that the archive does not know to
// none.
func TestDocumentsAreSorted(t *testing.T) {
	forms := loadForms(t)
	const rest = "年政府信息公开工作年度报告"
	for _, c := range []struct{ file, title, signature, want string }{
		{"附件1：青禾县人民政府2023年政府信息公开工作年度报告（定稿）.txt", "青禾县人民政府2023" + rest, "", "q/gov"},
		{"附件2：青禾县人民政府办公室2023年政府信息公开工作年度报告（定稿）.txt", "青禾县人民政府办公室2023" + rest, "", "q/gov-office"},
		{"青禾县/附件3：县教育局（终稿）.txt", "青禾县教育局2023" + rest, "", "q/education"},
		{"青禾县/教育局.txt", "2023" + rest, "青禾县教育局", "q/education"},
		{"附件4：青禾县卫健委2023年年报.txt", "2023" + rest, "", "q/health"},
		{"青禾县2023年报/卫健委/报告.txt", "2023" + rest, "", "q/health"},
		{"1.青禾县发改委（盖章版）.txt", "青禾县发展和改革委员会2023" + rest, "", "q/reform"},
		{"青禾县/县发改委政府信息公开年报.txt", "县发改委2023" + rest, "", "q/reform"},
		{"青禾县公安局2023年度.txt", "青禾县公安局2023" + rest, "", "q/police"},
		{"青禾县公安局（定稿2）.txt", "青禾县公安局 2023" + rest, "青禾县公安局", "q/police"},
		{"青禾县公安局/交警大队.txt", "青禾县公安局交通警察大队2023" + rest, "", "q/traffic"},
		{"附件7：青禾县公安局交通警察大队.txt", "2023" + rest, "", "q/traffic"},
		{"青禾县财政局2023年政府信息公开工作年度报告（报送稿）.txt", "青禾县财政局关于2023年政府信息公开工作的报告", "", "q/finance"},
		{"08青禾县财政局.txt", "2023" + rest, "", "q/finance"},
		{"青禾县/县人社局2023.txt", "县人社局2023" + rest, "", "q/people"},
		{"青禾县人力资源和社会保障局.txt", "青禾县人力资源社会保障局2023" + rest, "", "q/people"},
		{"青禾县自然资源和规划局年报.txt", "青禾县自规局2023" + rest, "", "q/land"},
		{"附件9：青禾县自然资源和规划局.txt", "2023" + rest, "", "q/land"},
		{"青禾县/住建局.txt", "2023" + rest, "", "q/housing"},
		{"青禾县住房城乡建设局（修改）.txt", "青禾县住房和城乡建设局2023" + rest, "", "q/housing"},
		{"青禾县交通局2023年.txt", "青禾县交通运输局2023" + rest, "", "q/transport"},
		{"青禾县交通运输局-政府信息公开年报.txt", "2023" + rest, "", "q/transport"},
		{"青禾县水务局_2023_final.txt", "青禾县水务局2023" + rest, "", "q/water"},
		{"青禾县水利局.txt", "青禾县水利局2023" + rest, "", "q/water"},
		{"青禾县农业农村局2023年政府信息公开工作年度报告（1）.txt", "2023年青禾县农业农村局政府信息公开工作年度报告", "", "q/farming"},
		{"青禾县/县农业农村局.txt", "县农业农村局2023" + rest, "青禾县农业农村局", "q/farming"},
		{"青禾县文广旅局.txt", "青禾县文化广电和旅游局2023" + rest, "", "q/culture"},
		{"青禾县/文广旅局（已盖章）.txt", "2023" + rest, "", "q/culture"},
		{"青禾县退役军人局.txt", "青禾县退役军人事务局2023" + rest, "", "q/veterans"},
		{"报送：青禾县退役军人事务局年度报告.txt", "2023" + rest, "", "q/veterans"},
		{"青禾县应急局2023年.txt", "青禾县应急管理局2023" + rest, "", "q/emergency"},
		{"10、青禾县应急管理局（终稿）.txt", "青禾县应急管理局二〇二三年政府信息公开工作年度报告", "", "q/emergency"},
		{"青禾县市监局.txt", "青禾县市场监管局2023" + rest, "", "q/market"},
		{"青禾县市场监督管理局2023年年报.txt", "2023" + rest, "", "q/market"},
		{"青禾县/县医保局.txt", "县医保局2023" + rest, "", "q/insurance"},
		{"江苏省青禾县医疗保障局.txt", "青禾县医疗保障局2023" + rest, "", "q/insurance"},
		{"青禾县行政审批局.txt", "青禾县行政审批服务局2023" + rest, "", "q/approval"},
		{"青禾县/行政审批局（2024.1.15）.txt", "2023" + rest, "", "q/approval"},
		{"青禾县东风街道.txt", "青禾县东风街道办事处2023" + rest, "", "q/east"},
		{"青禾县/东风街道2023年度政府信息公开年报.txt", "东风街道2023" + rest, "", "q/east"},
		{"青禾县石桥镇.txt", "青禾县石桥镇人民政府2023" + rest, "", "q/stone"},
		{"青禾县/石桥镇政府信息公开年报.txt", "石桥镇2023" + rest, "", "q/stone"},
		{"青禾县新塘乡2023年.txt", "青禾县新塘乡人民政府2023" + rest, "", "q/new"},
		{"青禾县/附件24：新塘乡（定稿）.txt", "新塘乡2023" + rest, "", "q/new"},
		{"城区教育局.txt", "大同市城区教育局2023" + rest, "", "c/education"},
		{"城区/教育局.txt", "城区教育局2023" + rest, "城区教育局", "c/education"},
		{"城区人民政府2023年.txt", "城区人民政府2023" + rest, "", "c/gov"},
		{"附件25：城区人民政府（报送）.txt", "2023" + rest, "", "c/gov"},
		{"青禾县政府.txt", "青禾县人民政府2023" + rest, "", "q/gov"},
		{"青禾县/县府办.txt", "青禾县人民政府办公室2023" + rest, "", "q/gov-office"},

		// of agencies that the archive does not know
		{"新城区教育局.txt", "新城区教育局2023" + rest, "新城区教育局", ""},
		{"大同市新城区人民政府.txt", "大同市新城区人民政府2023" + rest, "", ""},
		{"青禾县公安局/a.txt", "青禾县公安局禁毒大队2023" + rest, "", ""},
		{"青禾县人民政府/盐务.txt", "青禾县盐务局2023" + rest, "", ""},
		{"青禾县教育局教研室.txt", "青禾县教育局教学研究室2023" + rest, "", ""},
		{"青禾县财政局/石桥分局.txt", "青禾县财政局石桥分局2023" + rest, "", ""},
		{"青禾县石桥镇中心小学.txt", "青禾县石桥镇中心小学2023" + rest, "", ""},
		{"青禾县教育局.txt", "白水县教育局2023" + rest, "白水县教育局", ""},
		{"青禾县人民政府驻北京办事处.txt", "青禾县人民政府驻北京办事处2023" + rest, "", ""},
		{"东青禾县财政局.txt", "东青禾县财政局2023" + rest, "", ""},
		{"青禾县供销社/报告.txt", "青禾县供销合作社联合社2023" + rest, "", ""},
		{"青禾县/县委办.txt", "中共青禾县委办公室2023" + rest, "", ""},
	} {
		text := c.title + "\n\n一、总体情况\n\n公开若干。\n\n二、主动公开政府信息情况\n\n信息内容\t本年处理决定数量\n行政许可\t12\n\n六、其他需要报告的事项\n\n无。\n\n" + c.signature + "\n"
		res, found := Import(Options{File: c.file, Data: []byte(text), Forms: forms, Agencies: offices, Year: 2023})
		got := ""
		if res != nil {
			got = res.Agency.Path
		}
		if got != c.want {
			t.Errorf("%s, %s: %q, want %q", c.file, c.title, got, c.want)
		}
		if said := diag.Errors(found); c.want == "" && said == 0 {
			t.Errorf("%s: %s", c.file, strings.TrimSpace("nothing says that it is nobody's"))
		}
	}
}
