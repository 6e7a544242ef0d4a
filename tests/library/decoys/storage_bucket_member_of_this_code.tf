# why: A service account of this code is somebody, before its address is known.
# quiet: google-storage-bucket-public-member
resource "google_service_account" "api" {
  account_id = "api"
}
resource "google_storage_bucket" "exports" {
  name     = "acme-exports"
  location = "EU"
}
resource "google_storage_bucket_iam_member" "api" {
  bucket = google_storage_bucket.exports.name
  role   = "roles/storage.objectViewer"
  member = google_service_account.api.member
}
