// The words of the search page.

const zh = {
  label: "搜索全部报告", hint: "机关名称、拼音或正文中的任意文字", year: "年份", kind: "类别", agency: "机关", sort: "排序",
  all: "全部", relevance: "相关度", byYear: "年份", byName: "机关名称", agencies: "机关", reports: "报告", figure: "官方指标：",
  more: "显示更多报告", moreAgencies: "显示更多机关", loading: "正在搜索…",
  found: "找到 {n} 份报告", most: "最多 {n} 份报告，已核对 {k} 份", andAgencies: "，{n} 个机关", mostAgencies: "，最多 {n} 个机关",
  none: "没有找到“{q}”。", try1: "请检查是否有错别字，或换用较短的词。", try2: "空格隔开的几个词须同时出现；可以去掉其中一些。",
  try3: "去掉年份、机关或类别的限制：", unfilter: "清除限制", browse: "也可以按目录查找：", tree: "机关目录", years: "年份目录",
  file: "搜索要从网站服务器读取索引文件。浏览器不允许从本地文件（file://）打开的页面这样做；请通过网址打开本页，或按目录查找。",
  failed: "没有读到索引文件，请检查网络后重试。", retry: "重试",
  kinds: { region: "地区", government: "政府", department: "部门", township: "乡镇街道", institution: "机构" } as Record<string, string>,
};

const en: typeof zh = {
  label: "Search all reports", hint: "Agency, pinyin or any words of the text", year: "Year", kind: "Kind", agency: "Agency", sort: "Sort by",
  all: "All", relevance: "Relevance", byYear: "Year", byName: "Agency name", agencies: "Agencies", reports: "Reports", figure: "Official figure: ",
  more: "Show more reports", moreAgencies: "Show more agencies", loading: "Searching…",
  found: "{n} reports found", most: "At most {n} reports, {k} checked", andAgencies: ", {n} agencies", mostAgencies: ", at most {n} agencies",
  none: "Nothing found for “{q}”.", try1: "Check the spelling, or try a shorter word.", try2: "Words separated by spaces must all occur; leave some out.",
  try3: "Search without the filters:", unfilter: "Clear filters", browse: "Or browse:", tree: "agencies", years: "years",
  file: "Search reads index files from a web server, which browsers do not allow for pages opened from a local file (file://). Open this page by its web address, or browse.",
  failed: "The index files could not be read. Check the network and try again.", retry: "Try again",
  kinds: { region: "Region", government: "Government", department: "Department", township: "Township", institution: "Institution" },
};

/** english tells the language of the page. */
export const english = /^en/i.test(document.documentElement.lang);

export const words = english ? en : zh;
