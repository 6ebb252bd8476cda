//! Lowers operations: names, HTTP bindings, errors, inputs and outputs.

use crate::error::CodegenError;
use crate::ir::{
    Builders, Checksum, Docs, EventStream, Field, Operation, ParameterSource, Role, Segment,
    Service, Structure, Type,
};
use crate::lower::endpoint;
use crate::lower::resolver::Resolver;
use crate::lower::{
    auth, carried, customizations, docs, errors, pagination, query, structures,
    unsupported as left_out, waiters,
};
use crate::names::{Ident, Scope};
use smithy_model::known::{Endpoint, Http, HttpChecksum, RequestCompression};
use smithy_model::{OperationShape, Shape, ShapeId, UriPattern};

/// The operations, and those that were left out with the reason.
type Lowered = (Vec<Operation>, Vec<(String, String)>);

pub(super) fn lower_all(
    resolver: &mut Resolver<'_>,
    service: &Service,
) -> Result<Lowered, CodegenError> {
    let mut modules = Scope::operations();
    let (mut operations, mut skipped) = (Vec::<Operation>::new(), Vec::new());
    for id in &resolver.closure.operations {
        let shape = resolver.shape(id)?;
        let operation = shape
            .as_operation()
            .ok_or_else(|| CodegenError::unsupported(id, "not an operation"))?;
        match left_out::reason(resolver, shape, operation) {
            Some(reason) => skipped.push((id.name().to_owned(), reason)),
            None => operations.push(lower(resolver, shape, operation, &mut modules)?),
        }
    }
    // Operations are named first, so that a new waiter never renames one.
    let mut names = waiters::Names {
        methods: &mut modules,
        modules: Scope::modules(),
    };
    let mut served = Vec::new();
    for mut operation in operations {
        let shape = resolver.shape(&operation.id)?;
        if let Some(rules) = &service.endpoint_rules {
            let sources = match endpoint::of_operation(resolver, shape, rules) {
                Ok(sources) => sources,
                // Without its parameters, the operation would be called at the endpoint of another.
                Err(reason) => {
                    skipped.push((operation.wire_name, reason));
                    continue;
                }
            };
            operation.endpoint_reads_input = sources.iter().any(|(_, source)| match source {
                ParameterSource::Input(query) => query::reads(query, "input"),
                ParameterSource::Static(_) => false,
            });
            operation.endpoint_parameters = sources;
            let fixed = customizations::endpoint_parameters(resolver, shape, rules);
            operation.endpoint_parameters.extend(fixed);
        }
        operation.waiters = waiters::lower(resolver, shape, &mut names)?;
        served.push(operation);
    }
    left_out::warn(resolver, &served, &skipped);
    Ok((served, skipped))
}

fn lower(
    resolver: &mut Resolver<'_>,
    shape: &Shape,
    operation: &OperationShape,
    modules: &mut Scope,
) -> Result<Operation, CodegenError> {
    let ident = resolver.operation_ident(&shape.id);
    let module = modules.claim(Ident::snake(shape.id.name()));
    let checksum = checksum(shape);
    let (input, mut output) = input_and_output(resolver, shape, operation, &ident, &module)?;
    output.validated = checksum
        .as_ref()
        .is_some_and(|known| known.validation.is_some());
    let mut customizations = customizations::of_operation(resolver, shape, operation);
    let binding = binding(resolver, shape)?;
    customizations.extend(binding.in_host.as_deref().map(customizations::in_host));
    let auth = auth::lower(resolver, shape)?;
    Ok(Operation {
        id: shape.id.clone(),
        wire_name: shape.id.name().to_owned(),
        waiters: Vec::new(),
        endpoint_parameters: Vec::new(),
        endpoint_reads_input: false,
        docs: docs::of_shape(resolver, shape),
        host_prefix: host_prefix(shape),
        auth: auth.scheme,
        or_bearer: auth.or_bearer,
        optional_auth: auth.optional,
        gzip: gzip(shape),
        checksum,
        customizations,
        presigned: customizations::is_presigned(resolver, shape, &input),
        carried: carried::of(resolver.protocol, &shape.traits),
        deprecated: docs::deprecation(&shape.traits),
        pagination: pagination::lower(resolver, shape, &input, &output),
        examples: Vec::new(),
        streams_output: output.fields.iter().any(is_stream),
        events: events(resolver, operation)?,
        method: binding.method,
        path: binding.path,
        query: binding.query,
        code: binding.code,
        errors: errors::of_operation(resolver, operation)?,
        builders: builders(&ident),
        ident,
        module,
        input,
        output,
    })
}

/// Lowers the input and the output of an operation.
fn input_and_output(
    resolver: &mut Resolver<'_>,
    shape: &Shape,
    operation: &OperationShape,
    ident: &Ident,
    module: &Ident,
) -> Result<(Structure, Structure), CodegenError> {
    let (input, output) = (operation.input.as_ref(), operation.output.as_ref());
    let mut input = structure(resolver, input, Role::Input, ident, module)?;
    customizations::change_input(resolver, shape, &mut input);
    let mut output = structure(resolver, output, Role::Output, ident, module)?;
    customizations::change_output(resolver, shape, &mut output);
    Ok((input, output))
}

fn is_stream(field: &Field) -> bool {
    matches!(field.ty, Type::Stream | Type::Events(_))
}

/// Lowers the event stream of an output.
fn events(
    resolver: &Resolver<'_>,
    operation: &OperationShape,
) -> Result<Option<EventStream>, CodegenError> {
    let output = operation.output.as_ref();
    let Some((member, union)) = output.and_then(|id| resolver.model.event_stream(id)) else {
        return Ok(None);
    };
    let errors = resolver.model.stream_errors(union);
    let code = |error| resolver.protocol.error_code(error);
    Ok(Some(EventStream {
        member: member.name.clone(),
        field: resolver.field_ident(member),
        errors: errors
            .map(|(member, error)| (member.name.clone(), code(error)))
            .collect(),
    }))
}

fn builders(operation: &Ident) -> Builders {
    Builders {
        builder: operation.suffixed("Builder"),
        input: operation.suffixed("InputBuilder"),
        fluent: operation.suffixed("FluentBuilder"),
        paginator: operation.suffixed("Paginator"),
    }
}

fn structure(
    resolver: &mut Resolver<'_>,
    id: Option<&ShapeId>,
    role: Role,
    operation: &Ident,
    module: &Ident,
) -> Result<Structure, CodegenError> {
    let ident = operation.suffixed(if role == Role::Input {
        "Input"
    } else {
        "Output"
    });
    match id {
        Some(id) => {
            let shape = resolver.shape(id)?;
            let mut structure = structures::named(resolver, shape, role, ident, module.clone())?;
            if structure.docs.0.is_empty() {
                structure.docs = placeholder(role, operation, module);
            }
            Ok(structure)
        }
        None => Ok(structures::unit(
            role,
            ident,
            module.clone(),
            placeholder(role, operation, module),
        )),
    }
}

fn placeholder(role: Role, operation: &Ident, module: &Ident) -> Docs {
    let part = if role == Role::Input {
        "input"
    } else {
        "output"
    };
    Docs(vec![format!(
        "The {part} of [`{operation}`](crate::operation::{}).",
        module.text()
    )])
}

struct Binding {
    method: String,
    path: Vec<Segment>,
    query: Vec<(String, String)>,
    code: u16,
    /// The member that is in the host instead of the path.
    in_host: Option<String>,
}

fn binding(resolver: &Resolver<'_>, shape: &Shape) -> Result<Binding, CodegenError> {
    let root = || vec![Segment::Literal("/".to_owned())];
    if !resolver.protocol.has_http_bindings() {
        return Ok(Binding {
            method: "POST".to_owned(),
            path: root(),
            query: Vec::new(),
            code: 200,
            in_host: None,
        });
    }
    let http = shape
        .traits
        .get::<Http>()
        .ok_or_else(|| CodegenError::unsupported(&shape.id, "missing trait `smithy.api#http`"))?;
    let uri = UriPattern::parse(&http.uri)
        .map_err(|reason| CodegenError::unsupported(&shape.id, reason))?;
    let mut path = Vec::new();
    let in_host = in_host(resolver, shape, &uri.segments);
    let skipped = usize::from(in_host.is_some());
    for segment in uri.segments.into_iter().skip(skipped) {
        push_literal(&mut path, "/");
        match segment {
            smithy_model::Segment::Literal(text) => push_literal(&mut path, &text),
            smithy_model::Segment::Label { name, greedy: true } => path.push(Segment::Greedy(name)),
            smithy_model::Segment::Label {
                name,
                greedy: false,
            } => path.push(Segment::Label(name)),
        }
    }
    let path_text = http.uri.split('?').next().unwrap_or_default();
    if path.is_empty() {
        path = root();
    } else if path_text.ends_with('/') {
        push_literal(&mut path, "/");
    }
    Ok(Binding {
        method: http.method,
        path,
        query: uri.query,
        code: http.code,
        in_host,
    })
}

/// Returns the member at the beginning of a path that the endpoint rules put into the host or path of the endpoint, such
/// as the bucket of S3. The URIs in the model of S3 begin with the bucket too. Without rules, it stays in the path.
fn in_host(
    resolver: &Resolver<'_>,
    shape: &Shape,
    path: &[smithy_model::Segment],
) -> Option<String> {
    let service = resolver.shape(&resolver.closure.service).ok()?;
    if !service.traits.has("smithy.rules#endpointRuleSet") {
        return None;
    }
    let smithy_model::Segment::Label { name, .. } = path.first()? else {
        return None;
    };
    let input = shape.as_operation()?.input.as_ref()?;
    let member = resolver.shape(input).ok()?.member(name)?;
    let parameter = member.traits.raw("smithy.rules#contextParam")?;
    (parameter["name"].as_str() == Some("Bucket")).then(|| name.clone())
}

/// Appends literal text, and joins it to literal text before it.
fn push_literal(path: &mut Vec<Segment>, text: &str) {
    match path.last_mut() {
        Some(Segment::Literal(literal)) => literal.push_str(text),
        _ => path.push(Segment::Literal(text.to_owned())),
    }
}

fn host_prefix(shape: &Shape) -> Vec<Segment> {
    let Some(Endpoint { host_prefix }) = shape.traits.get() else {
        return Vec::new();
    };
    // The endpoint rules of S3 Control put the account into the host too.
    let of_rules = shape.traits.raw("smithy.rules#staticContextParams");
    let of_rules = of_rules.and_then(|params| params.get("RequiresAccountId"));
    if host_prefix == "{AccountId}." && of_rules.is_some_and(|param| param["value"] == true) {
        return Vec::new();
    }
    let mut segments = Vec::new();
    for (index, piece) in host_prefix.split(['{', '}']).enumerate() {
        // Every second piece is a label between braces.
        match piece {
            "" => {}
            label if index % 2 == 1 => segments.push(Segment::Label(label.to_owned())),
            text => segments.push(Segment::Literal(text.to_owned())),
        }
    }
    segments
}

fn gzip(shape: &Shape) -> bool {
    let compression = shape.traits.get::<RequestCompression>();
    compression.is_some_and(|compression| {
        compression
            .encodings
            .iter()
            .any(|name| name.eq_ignore_ascii_case("gzip"))
    })
}

/// Lowers the checksum trait. The newer trait takes precedence over the older one.
fn checksum(shape: &Shape) -> Option<Checksum> {
    if let Some(trait_value) = shape.traits.get::<HttpChecksum>() {
        let algorithms = trait_value.response_algorithms;
        let mode = trait_value.request_validation_mode_member;
        return Some(Checksum {
            required: trait_value.request_checksum_required,
            algorithm_member: trait_value.request_algorithm_member,
            validation: mode.map(|member| (member, algorithms)),
        });
    }
    let required = shape.traits.has("smithy.api#httpChecksumRequired");
    required.then_some(Checksum {
        required,
        algorithm_member: None,
        validation: None,
    })
}
