"""The HTTP API, with its description at `/openapi.json`, and the page at `/`."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Any, Final, TypeVar

from fastapi import FastAPI, Query, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, Response
from starlette.exceptions import HTTPException

from attain_engine import __version__
from attain_engine.assess.lines import Worksheet
from attain_engine.assess.listed import PolicyContents
from attain_engine.assess.models import Assessment
from attain_engine.assess.why import Explanation
from attain_engine.plan import Plan
from attain_engine.questions import Closest, Front, Most, Sensitivity
from attain_engine.report.html import style_sheet
from attain_engine.serve import models
from attain_engine.serve.guard import UPLOADS
from attain_engine.serve.pool import Gone, Limits, Pool, Refused
from attain_engine.serve.problems import problem
from attain_engine.serve.uploads import Uploads

_PROBLEMS: Final[dict[int | str, dict[str, Any]]] = {
    status: {"model": models.Problem, "content": {"application/problem+json": {}}, "description": text}
    for status, text in {
        403: "asked by another page, or under another name",
        404: "not in the folder that is served",
        413: "too large",
        422: "the question has no answer: mistakes in the policy, the facts or the question itself",
        503: "no answer within the limits, or too many questions at once",
    }.items()
}
_TYPES: Final = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml", ".html": "text/html"}

_Route = TypeVar("_Route", bound=Callable[..., Any])

PolicyPath = Annotated[str, Query(min_length=1, max_length=1_000, description="The path of a policy in the folder.")]


def application(root: Path, limits: Limits) -> FastAPI:
    """The application that serves a folder."""
    pool = Pool(root, limits)
    uploads = Uploads()

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        await pool.start()
        yield
        await pool.close()

    app = FastAPI(
        title="Attain",
        version=__version__,
        summary="Do we qualify, what is missing, and what is the least we must change?",
        lifespan=lifespan,
        docs_url=None,  # they would load scripts from elsewhere
        redoc_url=None,
    )
    app.add_exception_handler(Refused, _refused)
    app.add_exception_handler(Gone, _gone)
    app.add_exception_handler(RequestValidationError, _unreadable)
    app.add_exception_handler(HTTPException, _of_http)

    async def ask(request: Request, kind: str, question: models.Question | Mapping[str, Any]) -> Response:
        asked = question.model_dump(mode="json") if isinstance(question, models.Question) else dict(question)
        made = asked.get("upload")
        reply = await pool.ask(kind, asked, None if made is None else uploads.get(made), request.is_disconnected)
        return Response(reply.body, reply.status, media_type=reply.type)

    _add_page(app)
    _add_uploads(app, uploads)

    def get(path: str, model: type[Any] | None, summary: str) -> Callable[[_Route], _Route]:
        answer: dict[str, Any] = {} if model is None else {"model": model}
        return app.get(path, responses={200: answer, **_PROBLEMS}, summary=summary, response_class=Response)

    def post(path: str, model: Any, summary: str, *, listed: bool = True) -> Callable[[_Route], _Route]:
        responses = {200: {} if model is None else {"model": model}, **_PROBLEMS}
        return app.post(path, responses=responses, summary=summary, response_class=Response, include_in_schema=listed)

    @get("/api/listing", models.Listing, "The policies and facts in the folder; with a policy, which facts fit it.")
    async def listing(request: Request, policy: PolicyPath | None = None) -> Response:
        return await ask(request, "listing", {"policy": policy})

    @get("/api/check", None, "Every mistake and every doubt in a policy, as `attain check` gives them.")
    async def check(request: Request, policy: PolicyPath) -> Response:
        return await ask(request, "check", {"policy": policy})

    @get("/api/contents", PolicyContents, "What a policy has: `attain list`.")
    async def contents(request: Request, policy: PolicyPath) -> Response:
        return await ask(request, "contents", {"policy": policy})

    @get("/api/schema", None, "The JSON Schema of the facts that a policy asks for: `attain schema`.")
    async def schema(request: Request, policy: PolicyPath) -> Response:
        return await ask(request, "schema", {"policy": policy})

    @post("/api/levers", models.Levers, "What can be moved: measures, and the changes that are possible.")
    async def levers(request: Request, question: models.LeversAsked) -> Response:
        return await ask(request, "levers", question)

    @post("/api/assess", Assessment, "Which requirements are met, which fail, and why: `attain assess`.")
    async def assess(request: Request, question: models.AssessAsked) -> Response:
        return await ask(request, "assess", question)

    @post("/api/why", Worksheet | Explanation, "How a verdict or number comes about, why a row counts: `attain why`.")
    async def why(request: Request, question: models.WhyAsked) -> Response:
        return await ask(request, "why", question)

    @post("/api/plan", Plan | Closest | Front | Most | Sensitivity, "The least that must change: `attain plan`.")
    async def plan(request: Request, question: models.PlanAsked) -> Response:
        return await ask(request, "plan", question)

    @post("/api/report", None, "The whole answer as a page that needs nothing else: `attain report`.")
    async def report(request: Request, question: models.ReportAsked) -> Response:
        return await ask(request, "report", question)

    @post("/page/answer", None, "What the page shows.", listed=False)
    async def page(request: Request, question: models.AssessAsked) -> Response:
        return await ask(request, "page", question)

    return app


def _add_uploads(app: FastAPI, uploads: Uploads) -> None:
    @app.post(
        UPLOADS,
        status_code=201,
        responses={**_PROBLEMS},
        summary="Facts from elsewhere: a JSON file, or a workbook and its mapping.",
    )
    async def upload(
        request: Request,
        name: Annotated[str, Query(min_length=1, max_length=300, description="The file's name.")],
        beside: Annotated[
            str | None, Query(max_length=300, description="Of a mapping, `attain-facts.toml`: the id of its workbook.")
        ] = None,
    ) -> models.Uploaded:
        return uploads.add(name, await request.body(), beside)

    @app.delete(
        UPLOADS + "/{made}", status_code=204, response_model=None, responses={**_PROBLEMS}, summary="Forget facts."
    )
    async def forget(made: str) -> None:
        uploads.remove(made)


def _add_page(app: FastAPI) -> None:
    """The page and what it is made of, read once."""
    folder = files("attain_engine.serve") / "page"
    held = {each.name: each.read_bytes() for each in folder.iterdir() if each.is_file()}
    held["report.css"] = style_sheet().encode()

    @app.get("/", include_in_schema=False)
    async def index() -> HTMLResponse:
        return HTMLResponse(held["index.html"])

    @app.get("/page/{name}", include_in_schema=False)
    async def part(name: str) -> Response:
        kind = _TYPES.get(Path(name).suffix)
        if name not in held or kind is None:
            raise HTTPException(404)
        return Response(held[name], media_type=kind)


# ------------------------------------------------------------ what goes wrong


def _told(found: models.Problem) -> Response:
    more = {"retry-after": "2"} if found.status == 503 else None
    return Response(found.model_dump_json(), found.status, more, media_type="application/problem+json")


async def _refused(_: Request, error: Exception) -> Response:
    assert isinstance(error, Refused)
    return _told(error.problem)


async def _gone(_: Request, __: Exception) -> Response:
    return Response(status_code=499)  # nobody reads it


async def _unreadable(_: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    found = [f"{'.'.join(map(str, each['loc']))}: {each['msg']}" for each in error.errors()[:10]]
    return _told(problem(422, "unreadable-question", "; ".join(found)[:2_000], "see /openapi.json"))


async def _of_http(_: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    codes = {404: "not-found", 405: "wrong-method", 408: "too-slow", 413: "too-large"}
    return _told(problem(error.status_code, codes.get(error.status_code, "unreadable-question"), error.detail))
