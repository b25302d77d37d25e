shirube.index("aoba/search.js", [
{"url":"aoba/index.html","kind":"strategy","label":"青葉市","name":"青葉市総合戦略","sections":[{"heading":"1 歩いて暮らせるまち","lines":["1 公共交通の充実 2 12,840 13,000","2 学びの場 1 1,200"]}]},
{"url":"aoba/goals/1.html","kind":"goal","label":"基本目標 1","name":"歩いて暮らせるまち","sections":[{"lines":["車がなくても出かけられるまちにする。","1 公共交通の充実","2 学びの場"]}]},
{"url":"aoba/policies/1.html","kind":"policy","label":"施策 1","name":"公共交通の充実","sections":[{"lines":["「待たない」バスを走らせる。"]},{"heading":"令和5年度 検証 (市の自己評価)","lines":["評価: A"]},{"heading":"令和4年度 検証","lines":["評価: B"]},{"heading":"バスの利用者数","lines":["評価: B","令和2年度（2020年度） baseline 1,204.5","令和3年度（2021年度） 1,180","令和4年度（2022年度） 1,229","令和5年度（2023年度） 1,262 note 速報","end 1,300以上","1,231 (令和4年度 検証) → 1,229 (令和5年度 検証)"]},{"heading":"成果と課題","lines":["利用者は増えた。路線バスの再編が進んだ。","1 路線バスの再編","2 移動図書館 repeat of 学びの場","令和5年度 検証","令和4年度 検証"]}]},
{"url":"aoba/policies/2.html","kind":"policy","label":"施策 2","name":"学びの場","sections":[{"heading":"令和5年度 検証 (市の自己評価)","lines":["評価: - (missing)","1 移動図書館","令和5年度 検証"]}]},
{"url":"aoba/programs/bus.html","kind":"program","label":"事務事業","name":"路線バスの再編","sections":[{"heading":"成果と課題","lines":["<b>三つ</b>の路線を一つにした。","令和5年度（2023年度） 12,500 11,640","令和6年度（2024年度） 13,000","令和5年度 検証"]}]},
{"url":"aoba/programs/toshokan.html","kind":"program","label":"事務事業","name":"移動図書館","sections":[{"lines":["令和5年度（2023年度） - (missing) 1,200","令和5年度 検証"]}]}
]);
