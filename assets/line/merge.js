/**
 * When the line is there again, let the page go on with the server's values.
 *
 * Bokeh would put the server's document in the place of this one, and all that plays would begin anew. A document
 * of other models is one that the server has made for somebody who is new to it: `strange` is told.
 */
export function goOnWith(document, strange) {
  document.replace_with_json = (json) => {
    const theirs = document.constructor.from_json(json);
    if (!document.roots().every(({ id }) => theirs.get_model_by_id(id))) return strange();
    for (const model of document.all_models) {
      const other = theirs.get_model_by_id(model.id);
      if (!other) continue;
      take(model, other, ["visible", "css_classes"]);
      if (model.data && other.data && model.esm) {
        take(model.data, other.data, Object.keys(other.data.attributes));
      }
    }
    theirs.clear();
  };
}

/** Take over what differs, without telling the server what it has told; models stay who they are. */
function take(model, other, names) {
  const changed = {};
  for (const name of names) {
    if (!(name in model.properties)) continue;
    const [mine, its] = [model, other].map((one) => JSON.stringify(one[name], named));
    if (mine !== its) changed[name] = other[name];
  }
  model.setv(changed, { sync: false });
}

/** In place of a model its name, and of a map its entries. */
function named(_, value) {
  if (value instanceof Map) return [...value];
  return value?.properties ? value.id : value;
}
