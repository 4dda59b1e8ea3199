"""
moto's server with what its state machine interpreter leaves out: the JSONata engine at a URL, and the case and the
dates by which Step Functions translates the calls of the SDK to its own API.
"""

import sys
from urllib.request import Request, urlopen
import json

from moto.server import main
from moto.stepfunctions.parser.asl.component.state.exec.state_task.service.state_task_service_aws_sdk import (
    StateTaskServiceAwsSdk,
)
from moto.stepfunctions.parser.asl.jsonata import jsonata

engine_url, *arguments = sys.argv[1:]


def evaluate(expression):
    with urlopen(Request(engine_url, expression.encode())) as answer:
        result = json.load(answer)
    if "error" in result:
        raise jsonata.JSONataException("States.QueryEvaluationError", result["error"])
    return result.get("value")


def normalise_parameters(self, parameters, *_, **__):
    if self.resource.api_name != "sfn":
        return
    for key in list(parameters):
        parameters[key[0].lower() + key[1:]] = parameters.pop(key)


def in_pascal_case(value):
    if isinstance(value, list):
        return [in_pascal_case(item) for item in value]
    if isinstance(value, dict):
        return {key[0].upper() + key[1:]: in_pascal_case(item) for key, item in value.items()}
    return value.isoformat() if hasattr(value, "isoformat") else value


def normalise_response(self, response, *_, **__):
    if self.resource.api_name != "sfn":
        return
    translated = in_pascal_case(response)
    response.clear()
    response.update(translated)


jsonata._eval_jsonata = evaluate
StateTaskServiceAwsSdk._normalise_parameters = normalise_parameters
StateTaskServiceAwsSdk._normalise_response = normalise_response
main(arguments)
