# Awaits review by a native speaker.

scope-person = موعد أو مكالمة مع { $adviser }: الطلب ممكن في أي وقت، والجواب { $answer_by }.

scope-ask-age = كم عمرك؟ العمر يغيّر ما يمكن اقتراحه.
scope-ask-age-example = لم أفهم. يكفي رقم، مثل «19».
scope-ask-age-simple = الضغط على عمرك، أو على «تخطي».
scope-ask-age-again = وكم عمرك؟
scope-ask-age-again-example = لم أفهم. يكفي رقم، مثل «19».
scope-ask-age-again-simple = الضغط على عمرك، أو على «تخطي».
scope-age-under-15 = أقل من 15 سنة
scope-age-15 = 15 سنة
scope-age-16-17 = 16 أو 17 سنة
scope-age-18-25 = من 18 إلى 25 سنة
scope-age-26-29 = من 26 إلى 29 سنة
scope-age-over-29 = 30 سنة أو أكثر
scope-age-silent = حسنا، يمكن أن يبقى هذا لك وحدك.
scope-noted = «{ $words }»: تم تسجيل ذلك.
scope-minor-notice = شيء مهم: إذا كان هناك خطر عليك، نخبر شخصا من الفريق. قبل 18 سنة، قد يجب أن نخبر جهة لحماية الشباب.

scope-ask-recognised = حتى 29 سنة، يمكن أن نساعد مع ورقة (RQTH). هي اعتراف رسمي بالإعاقة في العمل. هل عندك هذه الورقة؟
scope-ask-recognised-example = الجواب: «نعم» أو «لا».
scope-ask-recognised-simple = يكفي الضغط على زر. يمكن أيضا «تخطي».
scope-recognised = شكرا. إذن يمكن أن نساعدك حتى 29 سنة.

scope-too-young = تساعد Mission Locale ابتداء من 16 سنة. قبل ذلك يوجد مركز (CIO): للكلام عن الدراسة والمهن، مجانا. العنوان عند مدرستك (collège). عند الخطر: الرقم 119، ليلا ونهارا.
scope-too-old = تساعد Mission Locale حتى 25 سنة. بعد ذلك: France Travail، على الرقم 39 49.
scope-maybe-too-old = تساعد Mission Locale حتى 25 سنة، وأحيانا أكثر. يمكن أن يتأكد شخص معك. وإلا: France Travail، على الرقم 39 49.
scope-ask-elsewhere = هل تناسبك مساعدة من { $adviser } للاتصال بهم؟
scope-ask-elsewhere-example = الجواب: «نعم» أو «لا».
scope-ask-elsewhere-simple = يكفي الضغط على زر.
scope-accompanied = تم التسجيل. تصلك هنا رسالة من { $adviser } { $answer_by }.
scope-farewell = حسنا. بالتوفيق، والعودة إلى هنا ممكنة في أي وقت.
