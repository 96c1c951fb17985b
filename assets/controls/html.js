export const optionHtml = ([value, text]) => `<option value="${value}">${text}</option>`;

export const helpHtml = (id, doc) => `<span class="help" id="${id}-help">${doc}</span>`;
