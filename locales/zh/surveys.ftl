# 一个站点上的几份问卷
surveys-other-title = 这里的其他问卷
surveys-bar-label = 现在看的问卷
surveys-bar-home = 首页
surveys-only-en = 这份问卷只有英文版：题目是英文，其余是中文。
surveys-only-zh = 这份问卷只有中文版。
surveys-only-switch = 全部看英文
surveys-minutes = 约 { $minutes } 分钟，{ $questions } 题
surveys-closed = 已结束
