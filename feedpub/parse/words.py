"""Words that tell what a line is, in the languages bulletins come in.

Everything is casefolded. None of it decides alone: each list feeds one feature, and the features are weighed
together in `weights`.
"""

from __future__ import annotations

import re

# Articles, auxiliaries and pronouns: sentences are full of them, headlines save them.
FUNCTION_WORDS = frozenset(
    "the a an is are was were be been has have had will would that which who its their his her it they he she"
    " this these said says with from and for of in on at to by as than because while when after"
    " der die das den dem des ein eine einen einem einer ist sind war waren wird werden hat haben und mit von für"
    " auf dass sich nicht auch nach bei zum zur als im"
    " le la les un une des du de est sont a ont été et pour dans avec sur que qui par au aux ce cette se"
    " el los las una unos es son fue ha han y en con por para del al lo su sus como"
    " il lo gli uno è sono ha hanno di della dei delle nel nella per che non si"
    " o os um uma é são foi tem do da dos das no na em com não ao"
    " het een zijn werd heeft van op voor met dat niet aan bij ook"
    " och att det en ett är som på av för med har den de till inte"
    " og at er af til som har ikke på med"
    " ja on ei että oli ovat se"
    " i w z na do się że jest nie to o po od za przez oraz"
    " a v se na je že s z do pro by bylo byl ve"
    " és az egy hogy nem is meg már volt"
    " и в на с по что не за к из от до у о для как его было был была это"
    " на да се ще са от за че по при със във е като"
    " і в у на з що не за до та й є"
    " je su se da i u na za od će bi sa koji koja što"
    " și în de la pe cu nu este sunt care din o un al ale"
    " και το να του της τα των στο στη στην με για από που είναι"
    " ve bir bu da de için ile olarak olan".split()
)

READ_MORE = re.compile(
    r"(?:\W*(?:read (?:more|on|full (?:story|article)|the full story|also)|more|full story|continue reading|see more|"
    r"learn more|details|click here|weiterlesen|weiter lesen|mehr(?: lesen| dazu)?|mehr erfahren|zum artikel|"
    r"lire (?:la suite|plus|l'article|aussi)|la suite|en savoir plus|leer más|leer mas|seguir leyendo|ver más|"
    r"leggi (?:tutto|di più|anche)|continua(?: a leggere)?|ler mais|leia mais|saiba mais|lees (?:meer|verder|ook)|"
    r"läs (?:mer|vidare|också)|læs (?:mere|også)|les (?:mer|også)|lue lisää|czytaj (?:więcej|dalej|też|także)|"
    r"więcej|číst (?:více|dál)|čítať viac|více|viac|tovább(?: olvasom)?|bővebben|részletek|citește (?:mai mult|și)|"
    r"mai mult|citeste mai mult|прочети (?:повече|още)|виж (?:повече|още)|вижте още|още|повече|"
    r"читать (?:далее|дальше|полностью|также|ещё|еще)|подробнее|далее|читати (?:далі|більше|також)|детальніше|"
    r"pročitaj(?:te)? (?:više|još)|opširnije|više|detaljnije|прочитај(?:те)? више|опширније|преберете? повеќе|"
    r"διαβάστε (?:περισσότερα|επίσης)|περισσότερα|devamı(?:nı oku)?|haberin devamı|daha fazla|detaylar|"
    r"اقرأ (?:المزيد|أيضا|أيضًا)|المزيد|קרא עוד|קראו עוד|עוד|ادامه مطلب|بیشتر بخوانید|और पढ़ें|आगे पढ़ें|"
    r"続きを読む|もっと見る|もっと読む|阅读更多|阅读全文|查看更多|更多|全文|閱讀更多|더 ?보기|자세히 보기|อ่านต่อ|อ่านเพิ่มเติม|"
    r"xem thêm|đọc tiếp|chi tiết|baca (?:juga|selengkapnya)|selengkapnya)\W*)",
    re.IGNORECASE,
)
CAPTION = re.compile(
    r"\W*(?:photo|photograph|picture|image|pictured|foto|fotos|bild|bildquelle|symbolbild|photos|crédit|crédits|credit|"
    r"kuva|kép|fotó|zdjęcie|fot\.|фото|снимка|снимки|илюстрация|ілюстрація|φωτο|φωτογραφία|fotoğraf|صورة|תצלום|צילום|"
    r"写真|图|图片|图源|사진|ภาพ|ảnh|منبع تصویر|توضیح تصویر|عکس|तस्वीर|फोटो|video|видео|відео|infographic|file photo|archive photo|источник|source|quelle|"
    r"contact|kontakt|contacto|contatto|kontaktas|press contact|media contact|пресс-служба|контакт|контакти|kilde|källa|fuente|fonte|zdroj|źródło|източник|izvor|извор|kaynak|출처|来源|來源|資料)\b(?:\s*[:：،/|©(–—-]|\s+by\s|\s*$)",
    re.IGNORECASE,
)
BYLINE = re.compile(
    r"\W*(?:by|von|par|por|di|da|av|af|door|text|texte|texto|testo|reporter|author|autor|auteur|autore|автор|автори|"
    r"от|текст|szerző|írta|yazar|yazan|haber|γράφει|του|της|reporting|edited|editing|written|published|updated|"
    r"veröffentlicht|aktualisiert|stand|publié|mis à jour|publicado|actualizado|atualizado|pubblicato|aggiornato|bijgewerkt|"
    r"uppdaterad|publicerad|opdateret|oppdatert|publisert|päivitetty|opublikowano|aktualizacja|aktualizováno|frissítve|"
    r"actualizat|опубликовано|обновлено|публикувано|обновена|обновено|оновлено|ažurirano|објављено|ενημέρωση|güncelleme|"
    r"تحديث|آخر تحديث|עודכן|更新|업데이트|记者|記者|编辑|責任編輯|编辑|編集|기자|文|ผู้เขียน|เรียบเรียง|โดย|نویسنده|خبرنگار|گزارش|بقلم|كتب|מאת|लेखक|संवाददाता|संवाद सूत्र|redazione|newsroom|redaktion|redacción|redação|rédaction|редакция|συντακτική ομάδα)"
    r"(?:\s+by)?(?:\s*[:：,،]\s*\S.{0,60}|\s+(?-i:[A-ZÀ-ÞŁŚŠŽČĆĐΑ-ΩА-ЯЀ-Џ][^\s,]+(?:\s+[A-ZÀ-ÞŁŚŠŽČĆĐΑ-ΩА-ЯЀ-Џ]\S*){1,3})(?:,.{0,40})?|\s*)$",
    re.IGNORECASE,
)
NAVIGATION = re.compile(
    r"\W*(?:skip to .{3,20}|back to top|to the top|follow (?:this|our|the) (?:blog|live ?blog|topic|us).{0,20}|menu|"
    r"(?:go|jump) to (?:main )?content|aller au contenu.{0,12}|passer au contenu|saltar al contenido|ir al contenido.{0,12}|"
    r"vai al contenuto|salta al contenuto|ir para o conteúdo|pular para o conteúdo|naar (?:de )?inhoud|hoppa till .{3,20}|"
    r"hopp til .{3,20}|gå til indhold.{0,8}|spring til indhold|siirry sisältöön|przejdź do .{3,20}|přejít k obsahu|"
    r"preskočiť na obsah|ugrás a tartalomra|sari la conținut|перейти к (?:основному )?содержанию|към съдържанието|"
    r"перейти до вмісту|preskoči na sadržaj|μετάβαση στο περιεχόμενο|içeriğe (?:geç|atla)|تخط[يى]? إلى المحتوى|"
    r"(?:دلג|דלג) ל?תוכן.{0,10}|跳到内容|跳转到内容|コンテンツへスキップ|本文へ|본문 바로가기|ข้ามไปที่เนื้อหา|nach oben|haut de page|volver arriba|наверх|"
    r"follow us.{0,20}|home(?:page)?|search|log ?in|sign (?:in|up)|subscribe(?: now)?|newsletter|"
    r"share(?: this)?(?: article)?|print|e-?mail|advertisement|ad|sponsored|cookie.{0,20}|listen|listen to this article|"
    r"zum inhalt(?: springen)?|startseite|suche|anmelden|teilen|drucken|anzeige|werbung|artikel anhören|"
    r"accueil|recherche|partager|publicité|s'abonner|inicio|buscar|compartir|publicidad|suscríbete|"
    r"condividi|pubblicità|cerca|início|compartilhar|publicidade|deel|advertentie|dela|annons|del|annonce|"
    r"strona główna|szukaj|udostępnij|reklama|domů|sdílet|hledat|megosztás|hirdetés|kezdőlap|acasă|distribuie|"
    r"начало|меню|търсене|сподели|реклама|главная|поиск|поделиться|головна|поширити|početna|podeli|podijeli|"
    r"αρχική|κοινοποίηση|διαφήμιση|ana sayfa|anasayfa|paylaş|reklam|الرئيسية|شارك|إعلان|בית|שתף|"
    r"首页|首頁|ホーム|メニュー|シェア|広告|홈|메뉴|공유|광고|หน้าแรก|แชร์|โฆษณา|trang chủ|chia sẻ|beranda)\W*",
    re.IGNORECASE,
)
COUNTER = re.compile(
    r"\W*(?:\d[\d.,\s]*\s*(?:k|тыс\.?)?\s*(?:comments?|replies|views?|shares?|likes?|min(?:ute)?s?(?: read| lesezeit)?|"
    r"kommentare?|commentaires?|comentarios?|comentários?|commenti|reacties|kommentarer|kommenttia|komentarz[ey]?|"
    r"komentářů|hozzászólás|comentarii|коментар[иаі]?|комментари[йяев]+|komentar[ai]?|σχόλια|yorum|تعليقات?|תגובות|"
    r"コメント|评论|評論|댓글|bình luận|просмотр\w*|перегляд\w*|прочитания|preglеda?|vues|aufrufe|visualizaciones)"
    r"|(?:comments?|kommentare?|commentaires?|comentarios|comentários|commenti|komentari|komentarze|коментари|"
    r"комментарии|коментарі|yorumlar|σχόλια|views|hits|shares|tags?|теги|тагове|评论|댓글)\s*[:(（]\s*\d[\d.,\s]*[)）]?)\W*",
    re.IGNORECASE,
)
AGO = re.compile(
    r"\W*(?:gestern|heute|hier|aujourd'hui|ayer|hoy|ieri|oggi|ontem|hoje|gisteren|vandaag|igår|i går|i dag|idag|eilen|tänään|"
    r"wczoraj|dzisiaj|dziś|včera|dnes|jučer|juče|danas|tegnap|ma|azi|вчера|днес|сегодня|вчора|сьогодні|χθες|σήμερα|dün|bugün|"
    r"أمس|اليوم|אתמול|היום|昨日|今日|昨天|今天|어제|오늘|hôm qua|hôm nay|kemarin|"
    r"(?:an?|one|\d+)\s*(?:h|hr|hrs|hours?|min|mins|minutes?|days?|weeks?)\.?\s+ago|just now|yesterday|today|"
    r"vor\s+(?:\d+|einer|einem)\s+\w+|il y a \d+ \w+|hace \d+ \w+|há \d+ \w+|\d+ \w+ fa|\d+ \w+ geleden|"
    r"(?:för )?\d+ \w+ sedan|(?:for )?\d+ \w+ siden|преди \d+ \w+|\d+ \w+ (?:назад|тому)|pre \d+ \w+|prije \d+ \w+|"
    r"přede? \d+ \w+|\d+ \w+ temu|\d+ \w+je|acum \d+ \w+|πριν (?:από )?\d+ \w+|\d+ \w+ önce|(?:منذ|قبل) \d+ \w+|"
    r"לפני \d+ \w+|\d+ ?(?:分|時間|日|小时|小時|分钟|天|시간|분|일) ?(?:前|전)|\d+ \w+ trước|\d+ \w+ lalu|\d+ \w+ที่แล้ว)\W*",
    re.IGNORECASE,
)
SEE_ALSO = re.compile(
    r"(?:see also|read also|also read|also|related|more|lesen sie auch|siehe auch|mehr zum thema|lire aussi|"
    r"à lire aussi|voir aussi|lea también|lee también|ver también|leggi anche|leia também|veja também|lees ook|"
    r"läs också|läs även|læs også|les også|lue myös|czytaj też|czytaj także|zobacz też|zobacz także|čtěte také|"
    r"čítajte tiež|olvassa el|citește și|citeşte şi|още|още по темата|вижте още|вижте и|виж още|прочетете още|"
    r"читайте также|читайте ещё|читать также|см\. также|читайте також|pročitajte i|pročitajte još|прочитајте и|"
    r"διαβάστε επίσης|διαβάστε ακόμη|ayrıca okuyun|ayrıca|اقرأ أيضا|اقرأ أيضًا|קראו גם|関連記事|関連|相关阅读|相关新闻|延伸阅读|"
    r"loe ka|loe lisaks|lasi arī|lasiet arī|skaitykite taip pat|skaitykite|lesa einnig|lexo edhe|यह भी पढ़ें|ये भी पढ़ें|इसे भी पढ़ें|"
    r"আরও পড়ুন|بیشتر بخوانید|همچنین بخوانید|مرتبط|مطالب مرتبط|อ่านเพิ่มเติม|อ่านข่าวเพิ่มเติม|ข่าวที่เกี่ยวข้อง|참고|"
    r"関連リンク|あわせて読みたい|前回|更多|另见|參見|don't miss|pročitajte|više|recommended|must read|in other news|"
    r"관련기사|xem thêm|baca juga)\s*[:：]\s*(?=\S)",
    re.IGNORECASE,
)
SECTIONS = frozenset(
    """related stories|related|related news|related articles|more stories|more news|latest news|latest|top stories|
    breaking news|in other news|other news|also today|in brief|news in brief|briefs|briefly|world|business|sport|
    sports|politics|culture|economy|science|health|technology|opinion|entertainment|local|national|international|
    weather|society|markets|arts|europe|asia|africa|americas|middle east|most read|trending|editor's picks|
    weitere meldungen|weitere nachrichten|kurz notiert|kurzmeldungen|mehr zum thema|meistgelesen|politik|wirtschaft|
    kultur|wissen|welt|inland|ausland|panorama|lokales|wetter|gesellschaft|nachrichten|en bref|à lire aussi|
    sur le même sujet|monde|politique|économie|culture|société|sports|dernières nouvelles|actualités|
    noticias relacionadas|relacionadas|mundo|política|economía|cultura|deportes|sociedad|última hora|en breve|
    notizie correlate|in breve|mondo|politica|economia|cronaca|ultime notizie|notícias relacionadas|esportes|
    gerelateerd|meer nieuws|binnenland|buitenland|economie|relaterat|nyheter|nyheder|inrikes|utrikes|
    powiązane|świat|kraj|gospodarka|sport|kultura|wiadomości|související|svět|domácí|ekonomika|kapcsolódó|
    belföld|külföld|gazdaság|știri|lume|свързани новини|още новини|още по темата|новини|свят|българия|икономика|
    спорт|култура|общество|накратко|политика|в мире|мир|россия|экономика|культура|новости|главное|
    по теме|другие новости|коротко|світ|україна|економіка|новини дня|vesti|vijesti|svet|svijet|ekonomija|društvo|
    hronika|вести|свет|економија|друштво|ειδήσεις|κόσμος|πολιτική|οικονομία|αθλητισμός|ελλάδα|σχετικά|
    haberler|dünya|gündem|siyaset|ekonomi|spor|kültür|yaşam|ilgili haberler|أخبار|العالم|سياسة|اقتصاد|رياضة|
    أخبار ذات صلة|ثقافة|חדשות|בעולם|כלכלה|ספורט|国际|国内|社会|经济|体育|国際|政治|経済|スポーツ|相关新闻|相关阅读|
    read also|see also|also read|lesen sie auch|siehe auch|lire aussi|voir aussi|lea también|ver también|leggi anche|leia também|
    veja também|lees ook|läs också|läs även|læs også|les også|lue myös|czytaj też|czytaj także|zobacz też|zobacz także|
    čtěte také|čítajte tiež|olvassa el|ajánljuk|citește și|вижте още|прочетете още|читайте также|читайте ещё|читайте також|
    pročitajte još|pročitajte i|прочитајте и|прочитајте још|διαβάστε επίσης|διαβάστε ακόμη|ειδήσεις σήμερα|ayrıca|اقرأ أيضا|اقرأ أيضًا|
    קראו גם|関連|延伸阅读|관련 기사|baca juga|関連記事|関連ニュース|要闻|财经|娱乐|科技|國際|社會|經濟|정치|경제|사회|국제|스포츠|관련기사|ข่าว|กีฬา|thế giới|kinh tế|
    thể thao|tin liên quan|dunia|ekonomi|olahraga|berita terkait|seneste nyt|seneste|siste nytt|senaste nytt""".replace(
        "\n", ""
    ).split("|")
)
SECTIONS = frozenset(name.strip() for name in SECTIONS)

# Labels of the page or the column: where a headline should stand, the real one comes further down.
LABEL = re.compile(
    r"\W*(?:all (?:the )?news|alle (?:nachrichten|meldungen)|toutes les actualités|todas las noticias|tutte le notizie|todas as notícias|"
    r"wszystkie wiadomości|всички новини|все новости|усі новини|всі новини|sve vijesti|sve vesti|minden hír|"
    r"live(?:[- ]?(?:ticker|blog|updates?))?|liveticker|live[- ]?blog|newsticker|ticker|breaking(?: news)?|"
    r"latest(?: news| updates?)?|news|top stories|todays? (?:news|headlines)|today's (?:news|headlines)|headlines|"
    r"key (?:moments|points|events|developments)|at a glance|highlights|contents|in this article|summary|topics|"
    r"eilmeldungen?|schlagzeilen|auf einen blick|inhalt|das wichtigste(?: in kürze)?|kurz und knapp|"
    r"en direct|direct|à la une|l'essentiel|en vivo|directo|en directo|última hora|titulares|portada|"
    r"(?:in )?diretta|ultim'?ora|ultime notizie|ao vivo|destaques|manchetes|últimas notícias|laatste nieuws|"
    r"senaste nytt|seneste nyt|siste nytt|uutiset|na żywo|na bieżąco|najnowsze|wiadomości|živě|aktuálně|zprávy|"
    r"friss hírek|hírek|élő|știri|ultimele știri|на живо|новини|последни новини|главное(?: за день| к этому часу)?|"
    r"новости(?: дня)?|лента новостей|хроника|онлайн|головне|новини дня|uživo|vijesti|vesti|najnovije|najnovije vesti|"
    r"ζωντανά|ειδήσεις|τελευταία νέα|son dakika|canlı|haberler|gündem|عاجل|آخر الأخبار|مباشر|أخبار|مبزق|מבזקים|מבזקי חדשות|פלאש|חדשות|"
    r"速報|ニュース|最新ニュース|主なニュース|新闻|快讯|要闻|滚动新闻|新聞|뉴스|속보|주요뉴스|ข่าว|ข่าวล่าสุด|tin tức|tin mới nhất|"
    r"berita terbaru|berita|समाचार|ताज़ा ख़बरें|ताजा खबरें)\W*",
    re.IGNORECASE,
)
LIVE = re.compile(
    r"\b(?:live(?:[- ]?(?:ticker|blog|updates?))|liveticker|live[- ]?blog|newsticker|in the live ticker|en direct|en vivo|"
    r"in diretta|^diretta|ao vivo|na żywo|na biezaco|živě|на живо|онлайн|uživo|canlı|liveblogg?|direkte|direkt)\b",
    re.IGNORECASE,
)
MORE_OF = re.compile(
    r"\W*(?:more (?:from|on|in|about)|also (?:on|in|from)|other (?:news|stories)|further (?:news|reports)|elsewhere|"
    r"mehr (?:aus|zu|von)|weitere|auch (?:in|auf)|ailleurs|également|plus (?:de|sur)|más (?:de|sobre|noticias)|otras noticias|"
    r"altre notizie|altro da|mais (?:de|sobre|notícias)|outras notícias|meer (?:uit|over|nieuws)|ander nieuws|mer (?:från|om|i)|"
    r"mere (?:fra|om)|andre nyheder|mer fra|więcej (?:z|o)|inne|další|ďalšie|további|egyéb|alte știri|още от|други новини|"
    r"другие новости|ещё (?:по теме|новости)|інші новини|ostale|ostalo|još|vezane|povezano|najčitanije|άλλα νέα|"
    r"diğer haberler|أخبار أخرى|المزيد من|خبرهای دیگر|חדשות נוספות|עוד ב|その他|他のニュース|其他新闻|更多新闻|다른 기사)\b.{0,28}$",
    re.IGNORECASE,
)

READING_TIME = re.compile(
    r"\d\s*(?:min\.?|mins|minutes?|minuten|minuti|minutos|minutter|minuter|мин\.?|минут\w*|хв\.?|perc|λεπτά|dk|dakika|دقائق|"
    r"דקות|分|分钟|분|นาที|phút|menit)(?:\s+(?:read|lesezeit|de lecture|de lectura|di lettura|leestijd|czytania|čtení|"
    r"чтения|за четене|читання|okuma))?\W*$",
    re.IGNORECASE,
)
# The usual subheads of agencies: what follows them is the same story.
SUBHEADS = frozenset(
    """details|background|the background|context|what we know|recall|why it matters|what happens next|hintergrund|
    einzelheiten|zum hintergrund|contexte|rappel|le contexte|contexto|antecedentes|contesto|детали|подробности|
    контекст|напомним|справка|предыстория|деталі|нагадаємо|довідково|контекст|передісторія|припомняме|
    детайли|предистория|pozadina|detalji|podsetimo|szczegóły|tło|przypomnijmy|podrobnosti|souvislosti|háttér|előzmény|
    előzmények|context|detalii|λεπτομέρειες|υπενθυμίζεται|ayrıntılar|ne olmuştu|التفاصيل|الخلفية|背景|詳細|詳情|배경""".replace(
        "\n", ""
    ).split("|")
)
SUBHEADS = frozenset(name.strip() for name in SUBHEADS)
