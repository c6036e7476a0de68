package render

// Rich gives the tests of this folder's other package the same archive.
var Rich = rich
