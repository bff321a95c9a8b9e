# 各部分一览，提交前的检查
survey-w-overview = 各部分一览
survey-w-overview-review = 提交前检查
survey-w-answered-of = 答了 { $n } / { $total } 题
survey-w-to-review = 检查后提交
survey-w-review-title = 提交前，再看一遍
survey-w-review-text = 下面是将要提交的全部回答，现在还没有发出去。哪里要改，点那一部分的“修改”；没有要改的，就提交。
survey-w-review-left = 还有 { $n } 题没有回答。除了注明必答的，空着也可以提交。
survey-w-review-change = 修改
survey-w-review-which = ：{ $title }
survey-w-review-none = （没有回答）
survey-w-pair = { $label }：{ $item }
