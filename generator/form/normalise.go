package form

import (
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Normalise turns a label into what two spellings of it have in common:
//
//   - compatibility forms are one: full-width letters, digits and signs;
//   - the traditional characters that stand in labels become simplified;
//   - numbering at the start goes: 一、 （三） 1. 2、 ③ 第三、;
//   - spaces, punctuation, quotes and invisible characters go;
//   - letters are lower case.
//
// （三） 不予公开 and 不予公開 are both 不予公开. Numbering that is not followed
// by anything stays, so that no label becomes empty through it.
func Normalise(label string) string {
	label = circled.Replace(strings.ToValidUTF8(label, ""))
	label = norm.NFKC.String(label)
	label = strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Cf, r) || unicode.IsSpace(r) {
			return -1
		}
		if s, ok := simplified[r]; ok {
			return s
		}
		return unicode.ToLower(r)
	}, label)
	for {
		n := len(numbering.FindString(label))
		rest := label[n:]
		decimal := n > 0 && label[n-1] == '.' && rest != "" && '0' <= rest[0] && rest[0] <= '9'
		if n == 0 || decimal || bare(rest) == "" {
			return bare(label)
		}
		label = rest
	}
}

// bare drops what is neither a letter, a mark nor a digit. Marks may come to
// stand beside other letters by that, so the rest is composed once more.
func bare(s string) string {
	return norm.NFKC.String(strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, s))
}

// numbering is a number at the start of a label, as it stands after NFKC. A
// number without a sign after it, and a decimal one, are part of the label.
var numbering = regexp.MustCompile(`^(?:\((?:[一二三四五六七八九十]+|[0-9]{1,2}|[ivx]+)\)[、.]?|第?[一二三四五六七八九十]+[、.:]|(?:[0-9]{1,2}|[ivx]+)[、.)])`)

// circled numbers would become bare digits through NFKC.
var circled = func() *strings.Replacer {
	var pairs []string
	for i, r := range []rune("①②③④⑤⑥⑦⑧⑨⑩") {
		pairs = append(pairs, string(r), "("+string("一二三四五六七八九十"[3*i:3*i+3])+")")
	}
	return strings.NewReplacer(pairs...)
}()

// simplified has the traditional characters of the words that labels of
// government forms are made of.
var simplified = pairs(
	"開开關关報报總总計计數数據据類类請请結结轉转構构環环護护權权業业務务過过執执審审復复訴诉訟讼維维" +
		"糾纠減减費费額额採采購购罰罚許许強强規规範范條条項项單单萬万會会機机辦办處处給给與与無无僅仅確确" +
		"認认獲获現现絕绝絡络繳缴納纳補补證证誤误資资質质責责際际進进達达體体當当發发實实對对導导將将層层" +
		"屬属應应態态戶户擔担擾扰時时間间問问題题聞闻聯联職职華华國国圖图團团場场壓压壞坏學学寫写專专屆届" +
		"島岛帶带幫帮庫库廢废張张後后徵征懷怀戰战擇择擴扩斷断於于書书東东極极標标樣样檔档檢检決决沒没滿满" +
		"漢汉災灾爭争狀状獨独產产畫画異异監监盡尽眾众碼码種种稱称積积穩稳節节築筑簡简籤签糧粮級级終终組组" +
		"統统經经綜综網网緊紧線线緩缓編编續续習习聲声聽听脅胁腳脚臨临舉举舊旧號号術术衛卫製制複复見见視视" +
		"親亲觀观訂订訊讯記记設设訪访評评詞词詢询試试該该詳详語语說说調调談谈論论識识議议讀读變变讓让貧贫" +
		"貨货販贩貫贯貴贵買买貿贸賠赔賬账賴赖贈赠車车軍军輕轻較较載载輔辅輸输農农運运違违遞递遠远適适選选" +
		"遷迁還还邊边鄉乡醫医銀银錄录錢钱鎮镇鐵铁長长門门閉闭閱阅隊队陽阳陸陆險险隨随離离難难電电靜静響响" +
		"頁页順顺須须預预頒颁領领頭头頻频顧顾願愿顯显風风飛飞餘余館馆駁驳驗验黨党齊齐齡龄個个們们倉仓備备" +
		"傳传債债傷伤億亿價价優优兩两冊册凍冻則则剛刚創创劃划劇剧劑剂動动勞劳勝胜勢势勵励勸劝區区協协廠厂" +
		"廣广歷历歸归參参雙双員员啟启營营嚴严夠够夾夹奪夺婦妇孫孙寧宁寶宝尋寻屢屡歲岁師师幣币幹干彙汇徑径" +
		"從从恆恒悅悦惡恶憑凭損损搶抢摺折撥拨擁拥擬拟攝摄敗败敵敌斂敛昇升暫暂曆历樓楼橋桥歐欧殘残毀毁氣气" +
		"測测湯汤準准溝沟滅灭潔洁濟济濫滥為为煙烟熱热燈灯爾尔牆墙獎奖獄狱獻献瑪玛甯宁畝亩療疗盤盘礎础禮礼",
)

// pairs makes a table of a text of pairs.
func pairs(text string) map[rune]rune {
	list := []rune(text)
	m := make(map[rune]rune, len(list)/2)
	for i := 0; i+1 < len(list); i += 2 {
		m[list[i]] = list[i+1]
	}
	return m
}
