/// Pages made of templates (clients/upsstats.c). Pure.
@NullMarked
package org.nutjvm.cgi.upsstats;

import org.jspecify.annotations.NullMarked;
