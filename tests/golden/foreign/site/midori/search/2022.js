shirube.index("midori/search/2022.js", [
{"url":"midori/policies/1/2022.html","kind":"policy","label":"施策 1","name":"図書館の充実","sections":[{"lines":["達成状況: 順調","According to 令和4年度 検証.","Category: 教育"]},{"at":"indicator-kashidashi","heading":"貸出冊数","lines":["unit: 冊","Actual in FY2022 (R4): 10,250冊","Target in FY2024 (R6): 12,000冊","Printed in: 令和4年度 検証"]},{"at":"programs","heading":"事務事業","lines":["1 移動図書館「みどり号」"]},{"at":"words","heading":"What 令和4年度 検証 says","lines":[]},{"at":"成果と課題","heading":"成果と課題","lines":["It's the first year, and 貸出 is counted anew."]}]}
]);
