/** Why no trace can show whether a permission holds. */
export const permission = 'A permission: no trace can break it.';
