"""Words and phrases of the page around the stories, in the languages bulletins come in.

Everything is casefolded. A list feeds one observation; the observations are weighed together in `weights`.
"""

from __future__ import annotations


def _phrases(text: str) -> frozenset[str]:
    lines = (line.strip().split("|") for line in text.split("\n"))
    return frozenset(phrase.casefold() for line in lines for phrase in line if phrase)


def words(text: str) -> list[str]:
    """Return the words of a list written as prose."""
    return text.split()


# Articles, auxiliaries and pronouns: sentences are full of them, headlines save them.
FUNCTION_WORDS = frozenset(
    words(
        "the a an is are was were be been has have had will would that which who its their his her it "
        "they he she this these said says with from and for of in on at to by as than because while when "
        "after der die das den dem des ein eine einen einem einer ist sind war waren wird werden hat "
        "haben und mit von für auf dass sich nicht auch nach bei zum zur als im le la les un une du de "
        "est sont ont été et pour dans avec sur que qui par au aux ce cette se el los las una unos es son "
        "fue ha han y en con por para del al lo su sus como il gli uno è sono hanno di della dei delle "
        "nel nella per che non si os um uma são foi tem do da dos no na em com não ao het een zijn werd "
        "heeft van op voor met dat niet aan bij ook och att det ett är som på av för har till inte og er "
        "af til ikke ja ei että oli ovat i w z nie po od za przez oraz że jest v s je bylo byl ve az és "
        "egy hogy nem meg már volt и в на с по что не за к из от до у о для как его это был была было он "
        "она да се ще са със във като її під є й та će sa bi koji koja što și cu nu este care din και το "
        "να του της τα των στο στη στην με για από που είναι bir bu için ile olarak olan"
    )
)

# A link under an item, or a word of the page's frame.
NAVIGATION = _phrases(
    """read more|read on|read full story|read the full story|read full article|more|full story
    continue reading|see more|learn more|click here|skip to content|skip to main content
    skip to navigation|back to top|to the top|menu|home|homepage|search|log in|login|sign in|sign up
    subscribe|subscribe now|newsletter|share|share this|share article|share this article|print|email
    e-mail|advertisement|ad|sponsored|listen|listen to this article|follow us|follow|follow this blog
    load more|show more|next page|previous page|weiterlesen|weiter lesen|mehr|mehr lesen|mehr dazu
    mehr erfahren|zum artikel|zum inhalt|zum inhalt springen|startseite|suche|anmelden|teilen|drucken
    anzeige|werbung|artikel anhören|nach oben|lire la suite|lire plus|lire l'article|la suite
    en savoir plus|accueil|recherche|partager|publicité|s'abonner|aller au contenu
    aller au contenu principal|passer au contenu|haut de page|leer más|leer mas|seguir leyendo|ver más
    saltar al contenido|ir al contenido|ir al contenido principal|inicio|buscar|compartir|publicidad
    suscríbete|volver arriba|leggi tutto|leggi di più|continua|continua a leggere|vai al contenuto
    salta al contenuto|condividi|pubblicità|cerca|ler mais|leia mais|saiba mais|ir para o conteúdo
    pular para o conteúdo|início|compartilhar|partilhar|publicidade|lees meer|lees verder|naar inhoud
    naar de inhoud|deel|delen|advertentie|läs mer|läs vidare|hoppa till innehåll|dela|annons|læs mere
    gå til indhold|spring til indhold|del|annonce|les mer|hopp til innhold|lue lisää|siirry sisältöön|jaa
    mainos|czytaj więcej|czytaj dalej|więcej|przejdź do treści|strona główna|szukaj|udostępnij|reklama
    číst více|číst dál|více|přejít k obsahu|domů|sdílet|hledat|čítať viac|viac|preskočiť na obsah|tovább
    tovább olvasom|bővebben|részletek|ugrás a tartalomra|megosztás|hirdetés|kezdőlap|citește mai mult
    mai mult|sari la conținut|acasă|distribuie|publicitate|прочети повече|прочети още|виж повече|повече
    към съдържанието|начало|меню|търсене|сподели|реклама|читать далее|читать дальше|читать полностью
    подробнее|далее|перейти к содержанию|главная|поиск|поделиться|наверх|читати далі|читати більше
    детальніше|перейти до вмісту|головна|поширити|pročitaj više|pročitaj još|pročitajte više|opširnije
    više|detaljnije|preskoči na sadržaj|početna|podeli|podijeli|прочитај више|прочитајте више|опширније
    преберете повеќе|подели|loe lisaks|loe edasi|jaga|lasīt vairāk|skaityti daugiau|διαβάστε περισσότερα
    περισσότερα|μετάβαση στο περιεχόμενο|αρχική|κοινοποίηση|διαφήμιση|devamı|devamını oku|haberin devamı
    daha fazla|detaylar|içeriğe geç|içeriğe atla|ana sayfa|anasayfa|paylaş|reklam|اقرأ المزيد|المزيد
    تخطى إلى المحتوى|تخطي إلى المحتوى|الرئيسية|شارك|مشاركة|إعلان|קרא עוד|קראו עוד|עוד|דלג לתוכן
    דלג לתוכן הראשי|בית|שתף|שתפו|ادامه مطلب|بیشتر|और पढ़ें|आगे पढ़ें|शेयर|続きを読む|もっと見る|もっと読む
    コンテンツへスキップ|ホーム|メニュー|シェア|広告|阅读更多|阅读全文|查看更多|更多|全文|閱讀更多
    跳到内容|跳转到内容|首页|首頁|分享|广告|더보기|더 보기|자세히 보기|본문 바로가기|홈|메뉴|공유|광고
    อ่านต่อ|ข้ามไปที่เนื้อหา|หน้าแรก|แชร์|โฆษณา|xem thêm|đọc tiếp|chi tiết|trang chủ|chia sẻ
    baca selengkapnya|selengkapnya|beranda|bagikan"""
)

# Where a headline should stand and does not: the name of the page or of the column.
LABELS = _phrases(
    """live|live ticker|live blog|liveblog|liveticker|live updates|newsticker|ticker|breaking|breaking news
    latest|latest news|latest updates|news|top stories|today's news|today's headlines|headlines
    key moments|key points|key events|key developments|at a glance|highlights|contents|in this article
    summary|topics|all news|all the news|eilmeldung|eilmeldungen|schlagzeilen|auf einen blick|inhalt
    das wichtigste|das wichtigste in kürze|kurz und knapp|alle nachrichten|alle meldungen|en direct|direct
    à la une|l'essentiel|toutes les actualités|en vivo|directo|en directo|última hora|titulares|portada
    todas las noticias|diretta|in diretta|ultim'ora|ultime notizie|tutte le notizie|ao vivo|destaques
    manchetes|últimas notícias|todas as notícias|laatste nieuws|senaste nytt|seneste nyt|seneste nyheder
    siste nytt|uutiset|tuoreimmat|na żywo|na bieżąco|najnowsze|wszystkie wiadomości|živě|aktuálně|zprávy
    správy|friss hírek|hírek|élő|minden hír|știri|ultimele știri|на живо|последни новини|всички новини
    главное|главное за день|главное к этому часу|новости дня|лента новостей|хроника|онлайн|все новости
    головне|новини дня|усі новини|всі новини|uživo|najnovije|najčitanije|najnovije vesti|najnovije vijesti
    sve vijesti|sve vesti|најновије вести|ζωντανά|τελευταία νέα|ροή ειδήσεων|son dakika|canlı|haberler
    عاجل|آخر الأخبار|مباشر|מבזקים|מבזקי חדשות|עדכונים|速報|ニュース|最新ニュース|主なニュース|新闻|快讯
    滚动新闻|滚动新闻 实时更新|实时更新|新聞|뉴스|속보|주요뉴스|주요 뉴스|ข่าวล่าสุด|tin mới nhất
    berita terbaru|समाचार|ताज़ा ख़बरें|ताजा खबरें"""
)
LIVE = frozenset(
    words(
        "liveticker liveblog live-ticker live-blog newsticker ticker diretta uživo canlı liveblogg "
        "nyhetsflöde"
    )
)

# Headings between groups of items.
SECTIONS = _phrases(
    """related stories|related|recommended|polecamy|مزید خبریں|također|też ciekawe|také čtěte
    related news|related articles|more stories|more news|in other news|other news
    also today|in brief|news in brief|briefs|briefly|world|business|sport|sports|politics|culture|economy
    science|health|technology|opinion|entertainment|local|national|international|weather|society|markets
    arts|europe|asia|africa|americas|middle east|most read|trending|editor's picks|read also|see also
    also read|regional|weitere meldungen|weitere nachrichten|kurz notiert|kurzmeldungen|mehr zum thema
    meistgelesen|politik|wirtschaft|kultur|wissen|welt|inland|ausland|panorama|lokales|wetter|gesellschaft
    nachrichten|lesen sie auch|siehe auch|en bref|à lire aussi|lire aussi|voir aussi|sur le même sujet
    monde|politique|économie|société|actualités|más información|más noticias|noticias relacionadas
    relacionadas|mundo|política|economía|cultura|deportes|sociedad|en breve|lea también|ver también
    notizie correlate|leggi anche|in breve|mondo|politica|economia|cronaca|esteri|notícias relacionadas
    leia também|veja também|esportes|gerelateerd|meer nieuws|lees ook|binnenland|buitenland|economie
    relaterat|läs också|läs även|nyheter|nyheder|inrikes|utrikes|sporten|nöjet|ekonomi|læs også|les også
    lue myös|kotimaa|ulkomaat|powiązane|czytaj też|czytaj także|zobacz też|zobacz także|świat|kraj
    gospodarka|kultura|wiadomości|související|čtěte také|svět|domácí|zahraničí|ekonomika|čítajte tiež
    kapcsolódó|olvassa el|ajánljuk|belföld|külföld|gazdaság|lume|citește și|свързани новини|още новини
    още по темата|вижте още|прочетете още|новини|свят|българия|икономика|спорт|култура|общество|накратко
    политика|регионални|читайте также|читайте ещё|в мире|мир|россия|экономика|культура|новости|по теме
    другие новости|коротко|читайте також|світ|україна|економіка|pročitajte još|pročitajte i|vesti|vijesti
    vezane vijesti|svet|svijet|ekonomija|društvo|hronika|прочитајте и|прочитајте још|вести|свет|економија
    друштво|хроника|loe ka|taip pat skaitykite|lasi vēl|διαβάστε επίσης|διαβάστε ακόμη|ειδήσεις
    ειδήσεις σήμερα|κόσμος|πολιτική|οικονομία|αθλητισμός|ελλάδα|κοινωνία|σχετικά|ayrıca|dünya|gündem
    siyaset|spor|kültür|yaşam|ilgili haberler|أخبار|العالم|سياسة|اقتصاد|رياضة|أخبار ذات صلة|ثقافة
    اقرأ أيضا|اقرأ أيضًا|חדשות|בעולם|בארץ|כלכלה|ספורט|תרבות|קראו גם|خبرهای دیگر|بیشتر بخوانید|国际|国内
    社会|经济|体育|要闻|财经|娱乐|科技|相关新闻|相关阅读|延伸阅读|國際|社會|經濟|国際|政治|経済|スポーツ
    関連|関連記事|関連ニュース|정치|경제|사회|국제|스포츠|문화|관련기사|관련 기사|ข่าว|กีฬา
    ข่าวที่เกี่ยวข้อง|thế giới|kinh tế|thể thao|tin liên quan|dunia|olahraga|berita terkait|baca juga
    यह भी पढ़ें|संबंधित खबरें|देश|दुनिया|खेल"""
)
# The first words of a heading: "More from Business", "Weitere Meldungen aus ...".
MORE_OF = _phrases(
    """more from|more on|more in|more about|also on|also in|also from|other news|other stories|further news
    mehr aus|mehr zu|mehr von|weitere meldungen|weitere nachrichten|auch in|plus de|plus sur|más de
    más sobre|otras noticias|altre notizie|altro da|mais de|mais sobre|outras notícias|meer uit|meer over
    ander nieuws|mer från|mer om|mere fra|mere om|andre nyheder|mer fra|więcej z|inne wiadomości
    další zprávy|ďalšie správy|további hírek|egyéb hírek|alte știri|още от|още новини|други новини
    другие новости|ещё по|ещё новости|інші новини|ostale vijesti|ostale vesti|άλλα νέα|diğer haberler
    أخبار أخرى|المزيد من|خبرهای دیگر|חדשות נוספות|עוד ב"""
)
# Usual subheads of agencies: what follows is the same story.
SUBHEADS = _phrases(
    """details|background|the background|context|what we know|why it matters|what happens next|hintergrund
    einzelheiten|zum hintergrund|contexte|rappel|le contexte|contexto|antecedentes|contesto|детали
    подробности|контекст|напомним|справка|предыстория|деталі|нагадаємо|довідково|передісторія|припомняме
    детайли|предистория|pozadina|detalji|podsetimo|podsjetimo|uzziņa|fakti|szczegóły|tło|przypomnijmy
    podrobnosti|souvislosti|háttér|előzmény|előzmények|detalii|λεπτομέρειες|υπενθυμίζεται|ayrıntılar
    ne olmuştu|التفاصيل|الخلفية|背景|詳細|상세|배경"""
)

# Before a colon (or a bar, a slash): what the rest of the line is.
CAPTION_HEADS = _phrases(
    """photo|photos|photograph|picture|image|pictured|foto|fotos|bild|bildquelle|symbolbild|crédit|crédits
    credit|kuva|kép|fotó|zdjęcie|fot.|фото|снимка|снимки|илюстрация|ілюстрація|φωτο|φωτογραφία|fotoğraf
    صورة|תצלום|צילום|写真|图|图片|图源|사진|ภาพ|ảnh|video|видео|відео|infographic|file photo|archive photo
    источник|source|quelle|kilde|källa|fuente|fonte|zdroj|źródło|източник|izvor|извор|kaynak|منبع تصویر
    توضیح تصویر|المصدر|عکس|تصویر|तस्वीर|फोटो|来源|來源|資料|출처|contact|kontakt|contacto|contatto|контакт
    контакти|press contact|tags|tag|теги|тагове|keywords|topics"""
)
BYLINE_HEADS = _phrases(
    """by|text|texte|texto|testo|reporter|author|autor|auteur|autore|автор|аутор|автори|текст|szerző|írta
    yazar|yazan|haber|γράφει|reporting|editing|edited by|written by|published|updated|last updated
    veröffentlicht|aktualisiert|stand|publié|mis à jour|publicado|actualizado|atualizado|pubblicato
    aggiornato|bijgewerkt|uppdaterad|publicerad|opdateret|oppdatert|publisert|päivitetty|opublikowano
    aktualizacja|aktualizováno|frissítve|actualizat|опубликовано|обновлено|публикувано|обновена|обновено
    оновлено|ažurirano|објављено|ενημέρωση|güncelleme|تحديث|آخر تحديث|עודכן|更新|업데이트|piše|пише|пишува
    от|toimetaja|editor|redaktör|redaktør|redakcja|редактор|记者|記者|编辑|責任編輯|기자|ผู้เขียน
    เรียบเรียง|โดย|เผยแพร่|نویسنده|خبرنگار|گزارش|بقلم|كتب|מאת|लेखक|संवाददाता|संवाद सूत्र|чете се за
    време за четене|reading time"""
)
NEWSROOMS = _phrases(
    """newsroom|redaktion|redazione|redacción|redação|rédaction|редакция|редакція|redakcija|redakcja
    szerkesztőség|toimetus|συντακτική ομάδα|haber merkezi|our correspondent|staff reporter|staff writer"""
)
BY = frozenset(
    words("by von par por di da av af door от piše írta pro tekst text yazan γράφει του της автор bởi oleh")
)
SEE_ALSO = _phrases(
    """see also|read also|read more|also read|also|related|more|recommended|актуально|на тему|по темата
    polecamy|مزید پڑھیں|must read|don't miss|lesen sie auch
    siehe auch|mehr zum thema|lire aussi|à lire aussi|voir aussi|lea también|lee también|ver también
    leggi anche|leia também|veja também|lees ook|läs också|läs även|læs også|les også|lue myös|czytaj też
    czytaj także|zobacz też|zobacz także|čtěte také|čítajte tiež|olvassa el|citește și|още|още по темата
    вижте още|вижте и|виж още|прочетете още|читайте также|читайте ещё|читать также|см. также|читайте також
    pročitajte i|pročitajte još|прочитајте и|loe ka|loe lisaks|lasi arī|lasiet arī|skaitykite taip pat
    taip pat skaitykite|lesa einnig|lexo edhe|διαβάστε επίσης|διαβάστε ακόμη|ayrıca okuyun|ayrıca
    اقرأ أيضا|اقرأ أيضًا|קראו גם|בیشتر بخوانید|بیشتر بخوانید|همچنین بخوانید|مطالب مرتبط|यह भी पढ़ें
    ये भी पढ़ें|इसे भी पढ़ें|আরও পড়ুন|อ่านเพิ่มเติม|อ่านข่าวเพิ่มเติม|ข่าวที่เกี่ยวข้อง|関連記事|関連
    あわせて読みたい|相关阅读|相关新闻|延伸阅读|另见|參見|관련기사|참고|xem thêm|baca juga"""
)
# Alone on a line they say when, roughly.
DAYS = _phrases(
    """yesterday|today|just now|gestern|heute|hier|aujourd'hui|ayer|hoy|ieri|oggi|ontem|hoje|gisteren|vandaag
    igår|i går|i dag|idag|eilen|tänään|wczoraj|dzisiaj|dziś|včera|dnes|jučer|juče|danas|tegnap|ma|azi
    вчера|днес|сегодня|вчора|сьогодні|χθες|σήμερα|dün|bugün|أمس|اليوم|אתמול|היום|昨日|今日|昨天|今天|어제
    오늘|เมื่อวาน|วันนี้|hôm qua|hôm nay|kemarin"""
)

MORE_OF |= frozenset(phrase for phrase in SEE_ALSO if phrase.count(" ") == 1)
# "Latest from the region": a page's label where it comes first, a section heading further down.
LATEST = _phrases(
    """latest|newest|neueste|neuestes|dernières|últimas|ultime|najnovije|najnovšie|nejnovější|legfrissebb
    последни|последние|останні|senaste|seneste|siste|tuoreimmat|najnowsze|recent|breaking|најновије
    τελευταία|son|أحدث|آخر"""
)

# First words that refer to what was said in the line before, capitalised as they begin a sentence.
BACKWARD = frozenset(
    words(
        "He She They It His Her Their This These Those That There But And However Both Er Sie Es Ihr Ihre "
        "Dies Diese Dieser Dabei Zudem Doch Aber Il Elle Ils Elles Son Sa Ses Cette Ces Mais Él Ella "
        "Ellos Ellas Su Sus Esta Este Pero Ele Ela Eles Elas Seu Sua Mas Egli Lui Lei Loro Suo Questo "
        "Questa Ma Hij Zij Ze Hun Dit Maar Han Hon De Hans Hennes Det Deres Den Dette Denne Disse Men Hän "
        "Se Ne Tämä Mutta On Ona Oni Jego Jej Ich To Ta Ten Jednak Jeho Její Jejich Tento Ale Az Ez Ezek "
        "Ők El Ea Ei Acesta Aceasta Dar Ovo Taj Ali Njegov Njihov Он Она Они Оно Это Эта Эти Его Её Их Но "
        "Той Тя Те То Това Тази Тези Вони Він Вона Це Ця Його Її Їх Але Αυτό Αυτή Αυτός Όμως Bu Ancak "
        "Onun Ama وقال وأضاف وأوضح وأشار ومن كما وهو وهي این او"
    )
)
