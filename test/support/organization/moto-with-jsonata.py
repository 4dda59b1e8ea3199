"""moto's server with the JSONata engine that its state machine interpreter leaves out: the one at a URL."""

import sys
from urllib.request import Request, urlopen
import json

from moto.server import main
from moto.stepfunctions.parser.asl.jsonata import jsonata

engine_url, *arguments = sys.argv[1:]


def evaluate(expression):
    with urlopen(Request(engine_url, expression.encode())) as answer:
        result = json.load(answer)
    if "error" in result:
        raise jsonata.JSONataException("States.QueryEvaluationError", result["error"])
    return result.get("value")


jsonata._eval_jsonata = evaluate
main(arguments)
