shirube.index("aoba/search/2022.js", [
{"url":"aoba/policies/1/2022.html","kind":"policy","label":"施策 1","name":"公共交通の充実","sections":[{"lines":["aoba/policies/1/2022.html 令和4年度 検証"]},{"heading":"令和4年度 検証","lines":["評価: B"]},{"heading":"バスの利用者数","lines":["評価: B","令和2年度（2020年度） baseline 1,204.5","令和3年度（2021年度） 1,180","令和4年度（2022年度） 1,231","end 1,300以上"]},{"heading":"成果と課題","lines":["利用者は1,231千人だった。","1 路線バスの再編","2 移動図書館 repeat of 学びの場"]}]}
]);
