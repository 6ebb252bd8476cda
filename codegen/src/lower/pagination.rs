//! Lowers the paths of `smithy.api#paginated` to fields.

use crate::error::CodegenError;
use crate::ir::{Field, Items, PageSize, Pagination, PathField, Presence, Structure, Type};
use crate::lower::fields;
use crate::lower::resolver::Resolver;
use smithy_model::known::{MoreResults, Paginated};
use smithy_model::{Shape, ShapeId, ShapeKind};

/// Lowers the pagination of an operation. Returns `None` if it has none or if its pagination is not supported, which
/// causes a warning. In the latter case, pages can still be requested one by one.
pub(super) fn lower(
    resolver: &Resolver<'_>,
    shape: &Shape,
    input: &Structure,
    output: &Structure,
) -> Option<Pagination> {
    let own = shape.traits.get::<Paginated>()?;
    let lowered = paginated(resolver, shape, input, output, own);
    let warn = |reason| resolver.warn(&shape.id, format!("no paginator: {reason}"));
    lowered.map_err(warn).ok()
}

fn paginated(
    resolver: &Resolver<'_>,
    shape: &Shape,
    input: &Structure,
    output: &Structure,
    own: Paginated,
) -> Result<Pagination, String> {
    let service = resolver.model.shape(&resolver.closure.service);
    let of_service = service.and_then(|service| service.traits.get());
    let paginated = with_defaults(own, of_service);
    let (Some(input_token), Some(output_token)) = (&paginated.input_token, &paginated.output_token)
    else {
        return Err("neither the operation nor the service defines pagination tokens".to_owned());
    };
    let field = |name: &str| input.fields.iter().find(|field| field.wire_name == name);
    let (path_to_token, token_type) = path(resolver, shape, output, output_token)?;
    let token = field(input_token).filter(|field| field.ty == token_type && is_token(&token_type));
    let token = token.ok_or_else(|| {
        format!(
            "the tokens `{input_token}` and `{output_token}` must both be strings, or maps of the same type"
        )
    })?;
    Ok(Pagination {
        input_token: token.ident.clone(),
        token_type,
        page_size: paginated
            .page_size
            .as_deref()
            .and_then(field)
            .and_then(page_size),
        items: paginated
            .items
            .map(|items| lower_items(resolver, shape, output, &items))
            .transpose()?,
        output_token: path_to_token,
        more_results: more_results(resolver, shape, output)?,
    })
}

/// Returns the path of the member that is `false` on the last page, if the operation names one.
fn more_results(
    resolver: &Resolver<'_>,
    shape: &Shape,
    output: &Structure,
) -> Result<Option<Vec<PathField>>, String> {
    let Some(MoreResults(text)) = shape.traits.get() else {
        return Ok(None);
    };
    match path(resolver, shape, output, &text)? {
        (path, Type::Boolean) => Ok(Some(path)),
        _ => Err(format!(
            "`{text}`, which tells whether there are more pages, must be a boolean"
        )),
    }
}

/// Returns whether Smithy allows tokens of this type.
fn is_token(ty: &Type) -> bool {
    match ty {
        Type::String => true,
        Type::Map(key, ..) => **key == Type::String,
        _ => false,
    }
}

/// Returns the page size member, if it is a number. Smithy allows no other types.
fn page_size(field: &Field) -> Option<PageSize> {
    matches!(
        field.ty,
        Type::Byte | Type::Short | Type::Integer | Type::Long
    )
    .then(|| PageSize {
        ident: field.ident.clone(),
        ty: field.ty.clone(),
    })
}

fn with_defaults(own: Paginated, service: Option<Paginated>) -> Paginated {
    let service = service.unwrap_or(Paginated {
        input_token: None,
        output_token: None,
        items: None,
        page_size: None,
    });
    Paginated {
        input_token: own.input_token.or(service.input_token),
        output_token: own.output_token.or(service.output_token),
        items: own.items.or(service.items),
        page_size: own.page_size.or(service.page_size),
    }
}

fn lower_items(
    resolver: &Resolver<'_>,
    shape: &Shape,
    output: &Structure,
    text: &str,
) -> Result<Items, String> {
    let (path, ty) = path(resolver, shape, output, text)?;
    match &ty {
        Type::List(..) | Type::Map(..) => Ok(Items { path, item: ty }),
        _ => Err(format!("the items `{text}` must be a list or a map")),
    }
}

/// Returns the fields on a path such as `result.items`, and the type at its end.
fn path(
    resolver: &Resolver<'_>,
    operation: &Shape,
    output: &Structure,
    text: &str,
) -> Result<(Vec<PathField>, Type), String> {
    let missing = || format!("the output has no `{text}`");
    let mut names = text.split('.');
    let first = names.next().unwrap_or_default();
    let field = output
        .fields
        .iter()
        .find(|field| field.wire_name == first)
        .ok_or_else(missing)?;
    let mut path = vec![PathField {
        ident: field.ident.clone(),
        optional: field.presence == Presence::Optional,
    }];
    let mut ty = field.ty.clone();
    let output_id = operation
        .as_operation()
        .and_then(|operation| operation.output.as_ref())
        .ok_or_else(missing)?;
    let shape_of = |id: &ShapeId| resolver.model.shape(id).ok_or_else(missing);
    let mut member = shape_of(output_id)?.member(first).ok_or_else(missing)?;
    for name in names {
        let shape = shape_of(&member.target)?;
        if !matches!(shape.kind, ShapeKind::Structure) {
            return Err(missing());
        }
        member = shape.member(name).ok_or_else(missing)?;
        let role = resolver.role(&shape.id);
        let told = |error: CodegenError| error.to_string();
        ty = resolver.member_type(member).map_err(told)?;
        let presence = fields::presence(resolver, member, role, &ty).map_err(told)?;
        path.push(PathField {
            ident: resolver.field_ident(member),
            optional: presence == Presence::Optional,
        });
    }
    Ok((path, ty))
}
