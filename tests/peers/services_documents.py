"""Documents that carry given values, written by what botocore's models say of them: XML for the protocols rest-xml, query
and ec2, CBOR for smithy-rpc-v2-cbor.
"""

import base64
import struct
from xml.sax.saxutils import escape, quoteattr

XML = ("rest-xml", "query", "ec2")
CBOR = "smithy-rpc-v2-cbor"
REQUEST_ID = "3d5b6a1e-0000-4000-8000-000000000000"


def body(service, operation, shape, members):
    """The body of a response of success."""
    protocol = service.resolved_protocol
    if protocol == CBOR:
        return cbor(shape, members)
    name = operation.name
    if protocol == "query":
        wrapper = shape.serialization.get("resultWrapper") if shape else None
        inner = content(shape, members) if shape else ""
        inner = f"<{wrapper}>{inner}</{wrapper}>" if wrapper else inner
        inner += f"<ResponseMetadata><RequestId>{REQUEST_ID}</RequestId></ResponseMetadata>"
        return document(f"<{name}Response{namespace(service)}>{inner}</{name}Response>")
    if protocol == "ec2":
        inner = content(shape, members) if shape else ""
        return document(
            f"<{name}Response{namespace(service)}><requestId>{REQUEST_ID}</requestId>{inner}</{name}Response>"
        )
    if service.service_name == "s3" and name == "GetBucketLocation":
        # The root is the member, and empty for the first region.
        return document(f"<LocationConstraint{namespace(service)}>{members.get('LocationConstraint', '')}</LocationConstraint>")
    if not members:
        return b""
    return document(element(shape.serialization.get("name", shape.name), shape, members))


def error(service, shape, code, members, message):
    """The body of an error."""
    protocol = service.resolved_protocol
    if protocol == CBOR:
        return cbor(shape, members, [("__type", code)])
    inner = f"<Code>{escape(code)}</Code>"
    if message is not None:
        inner += f"<Message>{text(message)}</Message>"
    if protocol != "ec2":
        # The message is written already, unless the model has another name for it.
        rest = {name: value for name, value in members.items() if tag(shape, name) != "Message"}
        inner += content(shape, rest)
    inner = f"<Error>{inner}</Error>"
    if protocol == "ec2":
        return document(f"<Response><Errors>{inner}</Errors><RequestID>{REQUEST_ID}</RequestID></Response>")
    if service.service_name == "s3":
        return document(inner)
    return document(f"<ErrorResponse>{inner}<RequestId>{REQUEST_ID}</RequestId></ErrorResponse>")


def document(root):
    """A document with a root element."""
    return ('<?xml version="1.0" encoding="UTF-8"?>\n' + root).encode()


def namespace(service):
    """The namespace of a service as an attribute."""
    uri = service.metadata.get("xmlNamespace")
    return f" xmlns={quoteattr(uri)}" if uri else ""


def tag(shape, name):
    """The name of the element of a member."""
    member = shape.members.get(name)
    return member.serialization.get("name", name) if member else name


def element(name, shape, value):
    """One element."""
    attributes = ""
    if shape.type_name == "structure":
        space = shape.serialization.get("xmlNamespace", {})
        if isinstance(space, dict) and space.get("prefix"):
            attributes += f" xmlns:{space['prefix']}={quoteattr(space['uri'])}"
        for member, inner in value.items():
            serialization = shape.members[member].serialization if member in shape.members else {}
            if serialization.get("xmlAttribute"):
                attributes += f" {serialization['name']}={quoteattr(inner, {chr(10): '&#10;', chr(9): '&#9;'})}"
    return f"<{name}{attributes}>{content(shape, value)}</{name}>"


def elements(name, shape, value):
    """The elements of a member, of which a flattened list or map has many."""
    if shape.type_name == "list":
        flat = shape.serialization.get("flattened")
        inner = shape.member.serialization.get("name")
        if flat:
            return "".join(element(inner or name, shape.member, item) for item in value)
        items = "".join(element(inner or "member", shape.member, item) for item in value)
        return f"<{name}>{items}</{name}>"
    if shape.type_name == "map":
        flat = shape.serialization.get("flattened")
        entries = "".join(
            f"<{name if flat else 'entry'}>"
            + element(shape.key.serialization.get("name", "key"), shape.key, key)
            + elements(shape.value.serialization.get("name", "value"), shape.value, item)
            + f"</{name if flat else 'entry'}>"
            for key, item in value.items()
        )
        return entries if flat else f"<{name}>{entries}</{name}>"
    return element(name, shape, value)


def content(shape, value):
    """The content of an element."""
    kind = shape.type_name
    if kind == "structure":
        inner = ""
        for name, item in value.items():
            member = shape.members.get(name)
            if member is None:
                # A member of a later model.
                inner += f"<{name}><later>{escape(str(type(item).__name__))}</later></{name}>"
            elif item is not None and not member.serialization.get("xmlAttribute"):
                inner += elements(tag(shape, name), member, item)
        return inner
    if kind in ("list", "map"):
        inner = elements("x", shape, value)
        return inner[len("<x>") : -len("</x>")]
    if kind == "boolean":
        return str(value).lower()
    return text(str(value))


def text(value):
    """Text between elements. A parser makes a line feed of a carriage return that is not escaped."""
    return escape(value, {"\r": "&#13;"})


def cbor(shape, members, more=()):
    """A map in CBOR, without a length, as some services write it."""
    inner = b"".join(head(3, len(key)) + key.encode() + string(value) for key, value in more)
    for name, value in members.items():
        member = shape.members.get(name) if shape else None
        if value is not None:
            inner += string(tag(shape, name) if member else name) + item(member, value)
    return b"\xbf" + inner + b"\xff"


def item(shape, value):
    """A data item."""
    kind = shape.type_name if shape else None
    if kind == "structure":
        return cbor(shape, value)
    if kind == "list":
        return head(4, len(value)) + b"".join(item(shape.member, inner) for inner in value)
    if kind == "map":
        inner = b"".join(string(key) + item(shape.value, inner) for key, inner in value.items())
        return head(5, len(value)) + inner
    if kind == "blob":
        data = base64.b64decode(value)
        return head(2, len(data)) + data
    if kind == "timestamp":
        return head(6, 1) + number(value)
    if isinstance(value, bool):
        return b"\xf5" if value else b"\xf4"
    if isinstance(value, float) or kind in ("double", "float"):
        return b"\xfb" + struct.pack(">d", value)
    if isinstance(value, int):
        return number(value)
    # A member of a later model, or a text.
    return string(value if isinstance(value, str) else type(value).__name__)


def number(value):
    """A number as whole as it is."""
    if isinstance(value, float):
        return b"\xfb" + struct.pack(">d", value)
    return head(0, value) if value >= 0 else head(1, -1 - value)


def string(value):
    """A text."""
    data = value.encode()
    return head(3, len(data)) + data


def head(major, argument):
    """The first bytes of a data item."""
    if argument < 24:
        return bytes([major << 5 | argument])
    for info, size in ((24, 1), (25, 2), (26, 4), (27, 8)):
        if argument < 1 << (8 * size):
            return bytes([major << 5 | info]) + argument.to_bytes(size, "big")
    raise ValueError(argument)
