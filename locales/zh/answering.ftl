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

# 提交之后还不知道结果
survey-w-unsent-title-unknown = 还没有收到服务器的确认
survey-w-unsent-unknown = 回答发出去了，但没有收到回话：可能送到了，也可能没有。
survey-w-unsent-code = 如果其实已经送到，凭这个回执码就能打开它：
survey-w-offline-answering = 现在没有网络。可以接着填，提交时才需要联网。
survey-w-language-offline = 要有网络才能换成另一种语言。你填的内容都在，连上以后再试。
survey-w-draft-tried = 上次提交没有收到确认。回答还在这台设备上，请再提交一次；如果上次其实送到了，也只算一份。
survey-w-other-tab = 你在另一个标签页里改了回答，这里已经跟上。
survey-w-elsewhere-title = 这份回答已经在别处处理了
survey-w-elsewhere-text = 你在另一个标签页里提交或丢弃了它，这个标签页不会再发送任何东西。
survey-w-elsewhere-start = 回到开头
survey-w-keys-hint = 用键盘也可以：数字键选，回车往下走。

# 回执的其他样子
survey-w-receipt-words = 同一个回执码，写成十二个字
survey-w-receipt-qr = 回执码的二维码
survey-w-receipt-qr-hint = 用手机扫一下，就能在手机上打开这份回答。
survey-w-receipt-print = 打印
survey-w-receipt-save = 存成文件

# 自己的回答和大家的
survey-w-beside-title = 你的回答，和大家的放在一起
survey-w-beside-text = 在你的设备上，把刚才的回答标到已经公布的结果里。你的回答不会为此再发给任何人。
survey-w-beside-show = 放在一起看
survey-w-beside-about = 这是第 { $release } 次公布的结果，你刚才提交的这份还没有算在里面。百分比按公布的数字计算。
survey-w-beside-none = 还没有公布过结果。公布之后再来看，需要你自己记得当时怎么答的，或者凭回执码查看。
survey-w-beside-failed = 现在读不到公布的结果，请稍后再试。
survey-w-beside-few = 不到 10 人
survey-w-beside-withheld = 未公布
survey-w-beside-you = 你

# 填写中途结束
survey-w-closed-title = 这项调查刚刚结束
survey-w-closed-text = 你填写的时候，调查结束了。服务器没有收下这份回答，也没有存下任何内容。
survey-w-closed-kept = 你填的内容还在这台设备的草稿里，只有你看得到。不需要的话可以扔掉。

# 提交太快
survey-slowed = 这个网络地址一分钟内提交得太多了，请等一分钟再试。你的回答没有丢，还在这里。

# 质量标记
answering-flags = 质量标记
answering-flags-help = 和回答一起存的只有下面这三个标记，没有时间。它们不会让任何一份回答被排除。
answering-flag-attention = 要求选指定答案的那一行
answering-flag-as-asked = 选了指定的答案
answering-flag-otherwise = 选了别的
answering-flag-not-asked = 没有出现，或没有答
answering-flag-straight = 长量表的每一行都选了同一项
answering-flag-yes = 是
answering-flag-no = 否
answering-flag-pace = 填写快慢
answering-flag-unknown = 没有测
answering-flag-usual = 平常
answering-flag-fast = 比读题所需的时间短得多
