# Awaits review by a native speaker.

meeting-ask-how = كيف تكون المتابعة مع { $adviser }؟
meeting-ask-how-example = الضغط على زر: موعد أو مكالمة أو رسالة.
meeting-ask-how-simple = «لاحقا» جواب جيد أيضا.
meeting-way-appointment = موعد (rendez-vous)
meeting-way-call = مكالمة هاتفية
meeting-way-write = رسالة مكتوبة
meeting-way-later = لاحقا

meeting-ask-phone = حسنا. ما رقم هاتفك؟ هو فقط ليتصل بك { $adviser }.
meeting-ask-phone-example = لم أتعرف على الرقم. يُكتب هكذا: 06 39 98 00 00.
meeting-ask-phone-simple = تكفي عشرة أرقام. أو زر «تخطي».
meeting-ask-town = وأين سكنك؟ يكفي الرمز البريدي (code postal)، لمعرفة أقرب مكان.
meeting-ask-town-example = مثلا: «59510».
meeting-ask-town-simple = أو زر «تخطي».
meeting-ask-name = وما اسمك؟ يكفي لقب: هكذا يعرف { $adviser } مع من الحديث.
meeting-ask-name-example = اسم أو لقب فقط.
meeting-ask-name-simple = أو زر «تخطي».

meeting-ask-channel = هل يمكن أن أكتب لك هنا للتذكير؟ هنا تمر الرسائل عبر شركة أخرى.
meeting-ask-channel-example = الجواب: «نعم» أو «لا».
meeting-ask-channel-simple = يكفي الضغط على زر.

meeting-elsewhere = توجد Mission Locale أخرى أقرب إلى سكنك. تأتيك المساعدة للاتصال بها من { $adviser }، مع رسالة هنا { $answer_by }. كل العناوين: https://www.unml.info
meeting-end-appointment = تم الطلب. يصلك اقتراح موعد من { $adviser } { $answer_by }.
meeting-end-call = تم الطلب. تصلك مكالمة من { $adviser } { $answer_by }.
meeting-end-write = تم الطلب. تصلك هنا رسالة من { $adviser } { $answer_by }.
meeting-end-later = حسنا. الكتابة هنا ممكنة في أي وقت، والباب مفتوح.
