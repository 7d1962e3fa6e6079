import json, sys
from feedpub.model import Hints
from feedpub.parse import parse

name = sys.argv[1]
b = parse(open(name, "rb").read(), Hints(name=name))
print(
    json.dumps(
        {
            "date": b.date and b.date.isoformat(),
            "time": b.time and b.time.strftime("%H:%M"),
            "entries": [
                {
                    "role": e.role,
                    "title": e.title,
                    "paragraphs": e.paragraphs,
                    "time": e.time and e.time.strftime("%H:%M"),
                }
                for e in b.entries
            ],
            "confidence": b.confidence,
            "warnings": [{"line": w.line, "message": w.message} for w in b.warnings],
        },
        ensure_ascii=False,
    )
)
