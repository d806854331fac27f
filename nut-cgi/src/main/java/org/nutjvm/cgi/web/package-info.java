/// Requests and answers of the web as values, and what keeps texts from becoming markup. Pure.
@NullMarked
package org.nutjvm.cgi.web;

import org.jspecify.annotations.NullMarked;
